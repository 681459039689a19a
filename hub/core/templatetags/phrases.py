"""Where a Chinese name may be cut: before its words, never inside one (西大街 / 社区之家)."""

import re

from django import template
from django.utils.safestring import SafeString

from hub.core.bilingual import broken_at

register = template.Library()
WORDS = re.compile("(?<!^)(社区|街道|服务|中心|之家|活动室|时长)")


@register.filter
def phrased(name: str) -> SafeString:
    """The name with a place to break before each word that names of houses and of papers are made of."""
    return broken_at(WORDS, name)

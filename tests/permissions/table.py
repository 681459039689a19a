"""Who may do what: written by hand, never made from what the code answers. docs/permissions.md says the same in words.

A row holds a beginning of addresses (without /en), what is done there, and who may. What is done is `look` (lists and one row),
`add`, `change`, `delete`, or the last word of the address (a button's); `all` is everything below. A beginning that ends with `$` is
that one address. Of the rows whose beginning fits, those with the longest count, and exactly one of them speaks about the address.
"""

from dataclasses import dataclass

VISITOR, RESIDENT, STRANGER = "visitor", "resident", "stranger"  # the last is the other hub's director, at this hub's address
OPERATOR, CLERK, PROVIDER, VOLUNTEER, COORDINATOR = "operator", "clerk", "provider", "volunteer", "coordinator"
REVIEWER, EDITOR, PUBLISHER, DIRECTOR, ADMIN = "reviewer", "editor", "publisher", "director", "admin"

STAFF = frozenset({OPERATOR, CLERK, PROVIDER, VOLUNTEER, COORDINATOR, REVIEWER, EDITOR, PUBLISHER, DIRECTOR, ADMIN})
AT_A_DESK = STAFF - {PROVIDER, VOLUNTEER}
SIGNED_IN = STAFF | {RESIDENT, STRANGER}
EVERYBODY = SIGNED_IN | {VISITOR}
AT_THIS_HUB = STAFF | {RESIDENT}
NOBODY: frozenset[str] = frozenset()
SERVES = frozenset({OPERATOR, CLERK, DIRECTOR})
HAS_THE_PAPERS = frozenset({CLERK, DIRECTOR})
WRITES = frozenset({EDITOR, PUBLISHER, DIRECTOR})
PUBLISHES = frozenset({PUBLISHER, DIRECTOR})
HEADS = frozenset({DIRECTOR, ADMIN})
KEEPS = frozenset({COORDINATOR, DIRECTOR})  # the volunteers
CLOSES = frozenset({REVIEWER, COORDINATOR, DIRECTOR})  # months and editions
REVIEWS = frozenset({REVIEWER, DIRECTOR})  # ratings and months
READS_REPORTS = SERVES | {REVIEWER, EDITOR}  # of errors in the newspaper
KEEPS_EDITIONS = frozenset({EDITOR, DIRECTOR})

EVERYTHING = "all"
LOOK = "look"
ADD, CHANGE, DELETE = "add", "change", "delete"
WORDS = {
    "": LOOK, "results": LOOK, "inspect": LOOK,
    "new": ADD,
    "edit": CHANGE, "history": CHANGE, "history-results": CHANGE, "usage": CHANGE,  # who may change it reads who did and where it is used
    "delete": DELETE,
}  # fmt: skip


@dataclass(frozen=True)
class Rule:
    """`who` may do what `done` names (words in one line) at the addresses that begin with `start`."""

    start: str
    done: str
    who: frozenset[str]

    def covers(self, template: str, action: str) -> bool:
        """Whether this row speaks about the address as the resolver writes it."""
        is_below = template == self.start[:-1] if self.start.endswith("$") else template.startswith(self.start)
        return is_below and (self.done == EVERYTHING or action in self.done.split())


RULES = (
    # --- what the public reads and books
    Rule("/^", "all", EVERYBODY),  # Wagtail's pages
    Rule("/rooms/", "all", EVERYBODY),  # also by link: whoever holds a booking's long token is its owner
    Rule("/search/", "all", EVERYBODY),
    Rule("/notices/feed/", "all", EVERYBODY),
    Rule("/find/", "all", EVERYBODY),
    Rule("/me/", "all", SIGNED_IN),
    Rule("/media/", "all", EVERYBODY),  # pictures in the sizes pages show
    Rule("/documents/^", "all", EVERYBODY),  # of published pages; a draft's file has a test of its own
    Rule("/documents/authenticate_with_password/", "all", NOBODY),  # no file is kept behind a password
    Rule("/_util/authenticate_with_password/", "all", NOBODY),  # nor a page
    Rule("/sitemap.xml", "all", EVERYBODY),
    Rule("/healthz", "all", EVERYBODY),
    Rule("/readyz", "all", EVERYBODY),
    # --- the door
    Rule("/login/$", "all", EVERYBODY),
    Rule("/login/code/", "all", EVERYBODY),
    Rule("/login/second-step/$", "all", EVERYBODY),
    Rule("/login/second-step/set-up/", "all", STAFF),
    Rule("/login/is-this-you/", "all", SIGNED_IN),
    Rule("/logout/", "all", EVERYBODY),
    Rule("/_util/login/", "all", AT_A_DESK | {VISITOR}),  # leads to /login/
    Rule("/admin/login/", "all", AT_A_DESK | {VISITOR}),  # leads to /login/
    Rule("/admin/logout/", "all", AT_A_DESK | {VISITOR}),
    Rule("/admin/password_reset/", "all", NOBODY),
    # --- the programme interface, by token
    Rule("/api/v1/$", "all", NOBODY),
    Rule("/api/v1/openapi.json", "all", EVERYBODY),
    Rule("/api/v1/rooms", "all", AT_THIS_HUB),
    Rule("/api/v1/bookings", "all", AT_THIS_HUB),
    # --- rooms and bookings
    Rule("/admin/room/", "look", SERVES | {ADMIN}),
    Rule("/admin/room/", "add change close", HAS_THE_PAPERS),
    Rule("/admin/room/", "delete", NOBODY),  # taken off the site instead: bookings hang on it
    Rule("/admin/booking/", "look book day-sheet move cancel used no-show", SERVES),
    Rule("/admin/booking/", "approve decline reopen", HAS_THE_PAPERS),
    Rule("/admin/booking/", "add change delete", NOBODY),  # a booking is moved and cancelled, never edited
    Rule("/admin/to_answer/", "look", SERVES),
    # --- services and orders
    Rule("/services/", "all", EVERYBODY),  # also by link, as with bookings
    Rule("/admin/service/", "look", SERVES | {ADMIN}),
    Rule("/admin/service/", "add change", HAS_THE_PAPERS),
    Rule("/admin/service/", "delete", NOBODY),  # taken off the menu instead: orders hang on it
    Rule("/admin/price_import/", "all", HAS_THE_PAPERS),
    Rule("/admin/order/", "look take-down day-sheet assign go arrive extra finish cancel decline call reschedule rate", SERVES),
    Rule("/admin/order/", "price", HAS_THE_PAPERS),
    Rule("/admin/order/", "add change delete", NOBODY),  # moved and cancelled, never edited
    # --- months and editions
    Rule("/review/", "all", CLOSES),
    Rule("/admin/results/", "look draft", WRITES),  # a notice from what was closed
    # --- volunteers
    Rule("/volunteer/$", "all", EVERYBODY),
    Rule("/volunteer/shifts/", "all", EVERYBODY),
    Rule("/volunteer/signups/", "all", EVERYBODY),  # by link, as with bookings
    Rule("/volunteer/thanks/$", "all", EVERYBODY),
    Rule("/volunteer/certificate/<str:number>/$", "all", EVERYBODY),  # whoever holds the number may check it
    Rule("/volunteer/certificate/<str:number>/paper/", "all", frozenset({RESIDENT}) | KEEPS),  # it bears the full name
    Rule("/volunteer/certificate/<str:number>/pdf/", "all", frozenset({RESIDENT}) | KEEPS),
    Rule("/volunteer/certificate/$", "all", SIGNED_IN),
    Rule("/volunteer/here/", "all", SIGNED_IN),
    Rule("/volunteer/hours/$", "all", SIGNED_IN),
    Rule("/volunteer/hours/file/", "all", SIGNED_IN),
    Rule("/volunteer/hours/<", "all", frozenset({RESIDENT})),  # one's own alone
    Rule("/volunteer/thanks/me/", "all", SIGNED_IN),
    Rule("/admin/shift/", "look join", SERVES | KEEPS),
    Rule("/admin/shift/", "add change call-off repeat card sheet attendance came-too", KEEPS),
    Rule("/admin/shift/", "delete", NOBODY),  # called off, which tells everybody
    Rule("/admin/signup/", "look withdraw", SERVES | KEEPS),
    Rule("/admin/signup/", "add change delete", NOBODY),
    Rule("/admin/hoursentry/", "look decide file-for totals confirm refuse reverse keep", KEEPS),
    Rule("/admin/hoursentry/", "close-month", CLOSES),
    Rule("/admin/hoursentry/", "add change delete", NOBODY),  # reversed, never edited
    Rule("/admin/hours_import/", "all", KEEPS),
    Rule("/admin/certificate/", "look draw-for", KEEPS),
    Rule("/admin/certificate/", "add change delete", NOBODY),
    Rule("/admin/contribution/", "look", KEEPS),
    Rule("/admin/contribution/", "add change delete", NOBODY),  # schemes write it
    *(
        rule
        for screen in ("team", "member", "opportunity", "training", "visitround")
        for rule in (Rule(f"/admin/{screen}/", "look add change", KEEPS), Rule(f"/admin/{screen}/", "delete", NOBODY))  # years and records hang on them
    ),
    # --- helpers and dispatch
    Rule("/jobs/$", "all", frozenset({PROVIDER})),
    Rule("/jobs/<", "all", EVERYBODY),  # by link; of those who have signed in, who is not its helper reads a plain sentence
    Rule("/admin/dispatch/", "order send next satisfied proof", SERVES),
    Rule("/admin/dispatch/", "keep-apart", HAS_THE_PAPERS),
    Rule("/admin/provider/", "look", SERVES),
    Rule("/admin/provider/", "add change", HAS_THE_PAPERS),
    Rule("/admin/provider/", "delete", NOBODY),  # taken off the list instead: jobs hang on them
    Rule("/admin/provider_import/", "all", HAS_THE_PAPERS),
    Rule("/admin/offer/", "look accept decline withdraw", SERVES),
    Rule("/admin/offer/", "add change delete", NOBODY),
    Rule("/admin/keptapart/", "look let-together", HAS_THE_PAPERS),
    Rule("/admin/keptapart/", "add change delete", NOBODY),  # written from an order's page
    Rule("/admin/statement/", "look draw-up approve paper xlsx pdf", HAS_THE_PAPERS),
    Rule("/admin/statement/", "add change delete", NOBODY),  # put right in a later month, never edited
    # --- the swap shop
    Rule("/swap/", "all", EVERYBODY),  # also by link: whoever holds a thing's, an offer's or a barter's long token is its owner or that side
    Rule("/swap/new/", "all", SIGNED_IN),
    Rule("/swap/wishes/$", "all", SIGNED_IN),
    Rule("/swap/wishes/<", "all", frozenset({RESIDENT})),  # one's own
    Rule("/swap/children/", "all", SIGNED_IN),
    Rule("/swap/<str:reference>/offer/", "all", SIGNED_IN),
    Rule("/swap/<str:reference>/report/", "all", SIGNED_IN),
    Rule("/admin/swap_item/", "look photo add-photo take-in tag hand-back again take-back answer", SERVES),
    Rule("/admin/swap_item/", "check refuse reports", HAS_THE_PAPERS),
    Rule("/admin/swap_item/", "add change delete", NOBODY),  # changed by its owner, and looked at again
    Rule("/admin/swap_barter/", "look on-the-spot sheet stands-here slot break-promise call-off", SERVES),
    Rule("/admin/swap_barter/", "add change delete", NOBODY),
    Rule("/admin/swap_report/", "look", HAS_THE_PAPERS),
    Rule("/admin/swap_report/", "add change delete", NOBODY),
    Rule("/admin/swapper/", "look rename agree disagree", SERVES),
    Rule("/admin/swapper/", "add change delete", NOBODY),
    Rule("/admin/swap_wish/", "look", HAS_THE_PAPERS),
    Rule("/admin/swap_wish/", "add change delete", NOBODY),
    Rule("/admin/swap_kind/", "look add change", HAS_THE_PAPERS),
    Rule("/admin/swap_kind/", "delete", NOBODY),  # taken out of use instead: things stand there
    Rule("/admin/swap_word/", "look add change delete", HAS_THE_PAPERS),
    Rule("/admin/swap_hour/", "look add change delete", HAS_THE_PAPERS),
    Rule("/admin/swap_word_import/", "all", HAS_THE_PAPERS),
    # --- clothes and parcels
    Rule("/clothing/$", "all", EVERYBODY),
    Rule("/clothing/pick/", "all", SIGNED_IN),  # who is not entitled reads there whom to speak to
    Rule("/parcels/", "all", EVERYBODY),  # by link: whoever holds the long token is its owner
    Rule("/admin/garment/", "look change take-in", SERVES),
    Rule("/admin/garment/", "discard count", HAS_THE_PAPERS),
    Rule("/admin/garment/", "add delete", NOBODY),  # a number on the shelf is the sum of its movements
    Rule("/admin/parcel/", "look ready cancel whose hand-out labels", SERVES),
    Rule("/admin/parcel/", "add change delete", NOBODY),
    Rule("/admin/intake/", "look", SERVES),
    Rule("/admin/intake/", "add change delete", NOBODY),
    Rule("/admin/movement/", "look", SERVES),
    Rule("/admin/movement/", "add change delete", NOBODY),
    Rule("/admin/collectionhour/", "look", SERVES),
    Rule("/admin/collectionhour/", "add change delete", HAS_THE_PAPERS),
    Rule("/admin/stock_import/", "all", HAS_THE_PAPERS),
    # --- vanguard posts
    Rule("/vanguard/", "all", EVERYBODY),  # also by code, and by the rater's own long token
    Rule("/vanguard/words/", "all", frozenset({CLERK})),  # the post's own people
    Rule("/admin/vanguard_post/", "look", REVIEWS | SERVES),
    Rule("/admin/vanguard_post/", "add change", frozenset({DIRECTOR})),
    Rule("/admin/vanguard_post/", "delete", NOBODY),  # taken out of use instead: ratings hang on it
    Rule("/admin/vanguard_import/", "all", frozenset({DIRECTOR})),
    Rule("/admin/vanguard_term/", "look", REVIEWS | SERVES),
    Rule("/admin/vanguard_term/", "begin change-term end take-back", frozenset({DIRECTOR})),
    Rule("/admin/vanguard_term/", "add change delete", NOBODY),
    Rule("/admin/dutyday/", "look", REVIEWS | SERVES),
    Rule("/admin/dutyday/", "week", frozenset({DIRECTOR})),
    Rule("/admin/dutyday/", "add change delete", NOBODY),  # planned week by week
    Rule("/admin/ratingtag/", "look", REVIEWS | SERVES),
    Rule("/admin/ratingtag/", "add change", frozenset({DIRECTOR})),
    Rule("/admin/ratingtag/", "delete", NOBODY),
    Rule("/admin/vanguard_rating/", "look set-aside put-back keep-aside show-words hide-words month close reopen", REVIEWS),
    Rule("/admin/vanguard_rating/", "strike", frozenset({DIRECTOR})),
    Rule("/admin/vanguard_rating/", "corrections put-right", REVIEWS | {CLERK}),  # of the clerk's own post
    Rule("/admin/vanguard_rating/", "add change delete", NOBODY),
    Rule("/admin/boxcount/", "look type", REVIEWS | {COORDINATOR}),  # who holds no post
    Rule("/admin/boxcount/", "add change delete", NOBODY),  # counted again, never edited
    Rule("/admin/vanguard_strike/", "look", REVIEWS),
    Rule("/admin/vanguard_strike/", "stand-again", frozenset({DIRECTOR})),
    Rule("/admin/vanguard_strike/", "add change delete", NOBODY),
    Rule("/admin/countervisit/", "look close slip send cards sheet", SERVES),
    Rule("/admin/countervisit/", "add change delete", NOBODY),
    # --- the woodpecker board
    Rule("/woodpecker/", "all", EVERYBODY),  # also by link: whoever holds a report's long token sent it
    Rule("/woodpecker/certificate/<str:number>/paper/", "all", frozenset({RESIDENT}) | HAS_THE_PAPERS),  # it bears the full name
    Rule("/woodpecker/certificate/<str:number>/pdf/", "all", frozenset({RESIDENT}) | HAS_THE_PAPERS),
    Rule("/admin/newspaper/", "look", READS_REPORTS),
    Rule("/admin/newspaper/", "add change", KEEPS_EDITIONS),
    Rule("/admin/newspaper/", "delete", NOBODY),  # taken out of use instead: editions hang on it
    Rule("/admin/woodpecker_edition/", "look desk", READS_REPORTS),
    Rule("/admin/woodpecker_edition/", "add change", KEEPS_EDITIONS),
    Rule("/admin/woodpecker_edition/", "sort score", frozenset({REVIEWER})),
    Rule("/admin/woodpecker_edition/", "ranks close", frozenset({REVIEWER, DIRECTOR})),
    Rule("/admin/woodpecker_edition/", "give reopen", frozenset({DIRECTOR})),
    Rule("/admin/woodpecker_edition/", "delete", NOBODY),  # reports hang on it
    Rule("/admin/woodpecker_prize/", "look", READS_REPORTS),
    Rule("/admin/woodpecker_prize/", "add change", KEEPS_EDITIONS),
    Rule("/admin/woodpecker_prize/", "delete", NOBODY),
    Rule("/admin/woodpecker_kind/", "look", READS_REPORTS),
    Rule("/admin/woodpecker_kind/", "add change", KEEPS_EDITIONS),
    Rule("/admin/woodpecker_kind/", "delete", NOBODY),
    Rule("/admin/woodpecker_report/", "look photo", READS_REPORTS),
    Rule("/admin/woodpecker_report/", "take whose", SERVES),
    Rule("/admin/woodpecker_report/", "judge unjudge ungroup", frozenset({REVIEWER})),
    Rule("/admin/woodpecker_report/", "add change delete", NOBODY),  # it stays as it was sent
    Rule("/admin/woodpecker_error/", "look", READS_REPORTS),
    Rule("/admin/woodpecker_error/", "decide open-again", frozenset({REVIEWER})),
    Rule("/admin/woodpecker_error/", "add change delete", NOBODY),
    Rule("/admin/woodpecker_award/", "look", HAS_THE_PAPERS | {REVIEWER, EDITOR}),
    Rule("/admin/woodpecker_award/", "hand-over register whose", HAS_THE_PAPERS),
    Rule("/admin/woodpecker_award/", "add change delete", NOBODY),
    Rule("/admin/past_winner/", "look", HAS_THE_PAPERS | {REVIEWER, EDITOR}),
    Rule("/admin/past_winner/", "add change delete", KEEPS_EDITIONS),
    Rule("/admin/past_winner_import/", "all", KEEPS_EDITIONS),
    # --- money, the house in numbers
    Rule("/payments/", "all", EVERYBODY),  # whoever holds the long token may pay
    Rule("/admin/charge/", "look", SERVES),
    Rule("/admin/charge/", "take-money invoice-paid give-back reverse-payment", HAS_THE_PAPERS),
    Rule("/admin/charge/", "add change delete", NOBODY),  # reversed and given back, never edited
    Rule("/admin/refund/", "look", SERVES),
    Rule("/admin/refund/", "pay-out", HAS_THE_PAPERS),
    Rule("/admin/refund/", "agree decline", frozenset({DIRECTOR})),
    Rule("/admin/refund/", "add change delete", NOBODY),
    Rule("/admin/figures/", "look", HEADS),
    Rule("/admin/money/day/", "day", HAS_THE_PAPERS),
    Rule("/admin/money/waived/", "waived", HAS_THE_PAPERS | {ADMIN}),
    # --- the desk
    Rule("/desk/", "all", SERVES),
    Rule("/admin/call/", "look", SERVES),
    Rule("/admin/call/", "add change delete", NOBODY),  # a call is lived on the desk, never edited
    Rule("/admin/wrap_up_code/", "look", SERVES),
    Rule("/admin/wrap_up_code/", "add change", frozenset({DIRECTOR})),
    Rule("/admin/wrap_up_code/", "delete", NOBODY),  # taken out of use instead: calls were closed with it
    # --- people
    Rule("/admin/residents/", "look find building add change", SERVES),
    Rule("/admin/residents/", "add-phone remove-phone add-relative end-link set-household add-consent withdraw-consent reveal-contacts", SERVES),
    Rule("/admin/residents/", "reveal-id add-entitlement detach-account", HAS_THE_PAPERS),
    Rule("/admin/residents/", "export erase", frozenset({DIRECTOR})),
    Rule("/admin/residents/", "delete", NOBODY),  # erased, at their wish
    Rule("/admin/households/", "look add change", SERVES),
    Rule("/admin/households/", "delete", NOBODY),
    Rule("/admin/entitlements/", "look verify revoke", HAS_THE_PAPERS),
    Rule("/admin/entitlements/", "add change delete", NOBODY),  # entered on the person's page
    Rule("/admin/organisations/", "look", SERVES | {COORDINATOR}),
    Rule("/admin/organisations/", "add change", HAS_THE_PAPERS),
    Rule("/admin/organisations/", "delete", NOBODY),
    Rule("/admin/organisation_contacts/", "look add change", HAS_THE_PAPERS),
    Rule("/admin/organisation_contacts/", "delete", NOBODY),
    Rule("/admin/staff/", "look add revoke account second-step", HEADS),
    Rule("/admin/staff/history", "all", HEADS),
    Rule("/admin/staff/", "change delete", NOBODY),  # granted and revoked; nobody makes a superuser
    Rule("/admin/resident_import/", "all", HAS_THE_PAPERS),
    # --- the map of the area, the calendar
    *(
        rule
        for kind in ("communities", "grids", "buildings", "service_points")
        for rule in (
            Rule(f"/admin/{kind}/", "look", SERVES | {COORDINATOR, ADMIN}),
            Rule(f"/admin/{kind}/", "add change", HAS_THE_PAPERS | {ADMIN}),
            Rule(f"/admin/{kind}/", "delete", HEADS),
        )
    ),
    Rule("/admin/special_days/", "look add change delete confirm", HAS_THE_PAPERS),
    # --- messages, promises, ledger, audit
    Rule("/admin/outbox/", "look", SERVES | {ADMIN}),
    Rule("/admin/outbox/", "send-again ring-instead", SERVES),
    Rule("/admin/outbox/", "add change delete", NOBODY),
    Rule("/admin/call_list/", "look", SERVES | {ADMIN}),
    Rule("/admin/call_list/", "ring", SERVES),
    Rule("/admin/call_list/", "add change delete", NOBODY),
    Rule("/admin/promises/", "look take keep", SERVES | {COORDINATOR}),
    Rule("/admin/promises/", "drop", HAS_THE_PAPERS),
    Rule("/admin/promises/", "add change delete", NOBODY),
    Rule("/admin/served/", "look", SERVES | {COORDINATOR}),
    Rule("/admin/served/", "add change delete", NOBODY),
    Rule("/admin/audit/", "look", HEADS),
    Rule("/admin/audit/", "add change delete", NOBODY),
    # --- the public site, in Wagtail's own screens
    Rule("/admin/$", "all", AT_A_DESK),
    Rule("/admin/account/", "all", AT_A_DESK),
    Rule("/admin/dismissibles/", "all", AT_A_DESK),
    Rule("/admin/sprite/", "all", AT_A_DESK | {VISITOR}),
    Rule("/admin/jsi18n/", "all", AT_A_DESK | {VISITOR}),
    Rule("/admin/pages/", "look add change add_subpage search create copy convert_alias view view_draft preview revisions revert", WRITES),
    Rule("/admin/pages/^", "all", WRITES),  # comparing two versions
    Rule("/admin/pages/", "workflow_history detail confirm", WRITES),  # Wagtail asks again when it is posted
    Rule("/admin/pages/", "delete unpublish move set_position privacy lock unlock unschedule", PUBLISHES),
    Rule("/admin/pages/workflow/", "confirm_cancellation", WRITES),
    Rule("/admin/pages/workflow/", "action collect_action_data preview", PUBLISHES),
    Rule("/admin/images/", "all", WRITES),
    Rule("/admin/documents/", "all", WRITES),
    Rule("/admin/api/main/", "all", WRITES),
    Rule("/admin/choose-", "all", WRITES),
    Rule("/admin/tag-autocomplete/", "all", WRITES),
    Rule("/admin/bulk/", "all", WRITES),
    Rule("/admin/block-preview/", "all", WRITES),
    Rule("/admin/editing-sessions/", "all", WRITES),
    Rule("/admin/translation/submit/page/", "all", WRITES),
    Rule("/admin/reports/", "all", WRITES),
    Rule("/admin/reports/locked/", "all", PUBLISHES),
    Rule("/admin/reports/page-types-usage/", "all", NOBODY),  # counts every hub's pages
    # --- nobody's: these belong to more than one hub, or to nobody's work
    *(
        Rule(f"/admin/{screen}/", "all", NOBODY)
        for screen in (
            "users", "groups", "sites", "locales", "collections", "workflows", "redirects", "settings", "snippets", "embeds",
            "translation/submit/snippet", "test404", "failwhale", "^.*",
        )
    ),
)  # fmt: skip


def action_of(template: str) -> str:
    """What is done at an address: its last word, by WORDS."""
    parts = [part for part in template.split("/")[3:] if part and not part.startswith("<")]
    word = parts[-1] if parts else ""
    return WORDS.get(word, word)


def rules_of(template: str) -> list[Rule]:
    """The rows that speak about an address: exactly one, unless the table is wrong."""
    action = action_of(template)
    found = [rule for rule in RULES if rule.covers(template, action)]
    longest = max((len(rule.start) for rule in found), default=0)
    return [rule for rule in found if len(rule.start) == longest]

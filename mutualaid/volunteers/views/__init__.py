"""What volunteers and the public see."""

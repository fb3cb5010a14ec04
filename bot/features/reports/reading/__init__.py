"""Reading numbers and dates as people write them. The words are data: the .yaml files beside."""

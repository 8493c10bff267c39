from enum import StrEnum
class Role(StrEnum):
    BODY = "body"

"""Numbers that belong to nobody and have their check digits: of enterprises and of bank accounts."""

from stdnum import iban as iban_numbers
from stdnum import luhn
from stdnum.fr import siren as siren_numbers

_BANK, _BRANCH = 30099, 12345


def siret(number: int) -> str:
    """Return a SIRET, another one for each number."""
    eight = f"{99000000 + number:08}"
    thirteen = f"{eight}{luhn.calc_check_digit(eight)}0001"
    return f"{thirteen}{luhn.calc_check_digit(thirteen)}"


def vat_number(of_siret: str) -> str:
    """Return the French VAT number of an enterprise."""
    return f"FR{siren_numbers.to_tva(of_siret[:9]).replace(' ', '')}"


def iban(number: int) -> str:
    """Return an account of a bank that does not exist, another one for each number."""
    key = 97 - (89 * _BANK + 15 * _BRANCH + 3 * number) % 97
    account = f"FR00{_BANK:05}{_BRANCH:05}{number:011}{key:02}"
    return f"FR{iban_numbers.calc_check_digits(account)}{account[4:]}"

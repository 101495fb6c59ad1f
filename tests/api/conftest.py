import pytest

from tests.factories.tokens import Machine


@pytest.fixture
def visitor(db: None) -> Machine:
    return Machine()

"""The same statements get the same spelling, whatever their blank nodes were called."""

import json
import random

import pyoxigraph
import pytest

from corridor.rooms.credentials.proofs.quads import Quad
from corridor.rooms.credentials.proofs.rdfc import canonize
from corridor.rooms.credentials.proofs.refusals import TooLarge

from .vectors import vectors


def read(text: str) -> list[Quad]:
    quads = []
    for quad in pyoxigraph.parse(text, pyoxigraph.RdfFormat.N_QUADS):
        graph = "" if isinstance(quad.graph_name, pyoxigraph.DefaultGraph) else str(quad.graph_name)
        quads.append(Quad(str(quad.subject), str(quad.predicate), str(quad.object), graph))
    return quads


def test_all_entries_of_the_w3c_suite():
    folder = vectors("rdf-canon")
    entries = json.loads((folder / "manifest.jsonld").read_text())["entries"]
    assert len(entries) == 86
    for entry in entries:
        quads = read((folder / entry["action"]).read_text())
        algorithm = entry.get("hashAlgorithm", "sha256").lower()
        if "Negative" in entry["type"]:
            with pytest.raises(TooLarge):
                canonize(quads, algorithm=algorithm)
            continue
        found = canonize(quads, algorithm=algorithm)
        expected = (folder / entry["result"]).read_text()
        if "Map" in entry["type"]:
            assert found.labels == json.loads(expected), entry["id"]
        else:
            assert found.text == expected, entry["id"]


@pytest.mark.parametrize("name", ["min", "1edtech-complete"])
def test_a_node_related_through_several_quads_counts_once_for_each(name):
    folder = vectors("rdfc10-related-duplicates")
    assert canonize(read((folder / f"{name}-in.nq").read_text())).text == (folder / f"{name}-rdfc10.nq").read_text()


def test_new_names_for_blank_nodes_change_nothing():
    ring = [Quad(f"_:n{i}", "<urn:next>", f"_:n{(i + 1) % 6}", "") for i in range(6)]
    order = list(range(6))
    random.Random(7).shuffle(order)
    renamed = [Quad(f"_:x{order[i]}", "<urn:next>", f"_:x{order[(i + 1) % 6]}", "") for i in range(6)]
    assert canonize(ring).text == canonize(renamed).text


@pytest.mark.parametrize("size", [10, 40])
def test_a_poison_graph_is_refused_before_it_costs_anything(size):
    clique = [Quad(f"_:n{a}", "<urn:p>", f"_:n{b}", "") for a in range(size) for b in range(size) if a != b]
    with pytest.raises(TooLarge):
        canonize(clique)


def test_two_long_look_alike_chains_are_refused_not_a_crash():
    chain = [Quad(f"_:{side}{i}", "<urn:p>", f"_:{side}{i + 1}", "") for side in "ab" for i in range(3000)]
    with pytest.raises(TooLarge):
        canonize(chain)


def test_one_graph_with_very_many_statements_about_one_node_is_read():
    quads = [Quad("_:a", "<urn:p>", f'"{i}"', "_:g") for i in range(3000)]
    quads += [Quad("_:b", "<urn:p>", f'"{i}"', "_:h") for i in range(3000)]
    assert canonize(quads).text.count("\n") == 6000

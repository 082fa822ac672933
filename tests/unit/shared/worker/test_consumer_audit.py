"""What a follower wrote on the trail goes with its effect, when that is undone."""

from sqlalchemy import select

from shared.contracts.event import Publisher
from shared.identifiers import new_id
from shared.messaging.bus import Delivery
from shared.storage.audit import breaks
from tests.support.toy import a_consumer, a_ground, kit, publish, risk_changed


def test_an_effect_that_failed_leaves_no_row_on_the_trail(tmp_path, database_url):
    publisher = a_ground(f"sqlite:///{tmp_path / 'publisher.sqlite3'}", Publisher.INTAKE)
    follower = a_ground(database_url, Publisher.MONITORING)
    good, bad = new_id(), new_id()

    def follow(work, told):
        work.audit.wrote(None, "follow", "case", [told.case_id])
        if told.case_id == bad:
            raise ValueError

    sent = publish(publisher, risk_changed(bad), risk_changed(good))
    a_consumer(follower, follow).take([Delivery(one, one.body, again=False) for one in sent])

    with follower.database.begin() as connection:
        named = connection.execute(select(kit.audit.rows.c.object_ids)).scalars().all()
        assert list(breaks(connection, kit.audit, Publisher.MONITORING)) == []
    assert named == [[str(good)]]
    publisher.database.close()
    follower.database.close()

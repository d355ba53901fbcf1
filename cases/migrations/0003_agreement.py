"""No live record is stored before its partner has confirmed the agreement, and none for a partner that has a successor."""

from django.db import migrations

from partners.install import InstallSQL, steps

RECORDS = ("cases_referral", "cases_assessment")


class Migration(migrations.Migration):

    dependencies = [
        ("cases", "0002_words_of_triggers"),
        ("organisations", "0001_life"),
    ]

    operations = [
        InstallSQL("cases", "agreement.sql", digest="f67a407d5198f268"),
        steps(
            *(
                f"CREATE TRIGGER agreed AFTER INSERT ON {table} REFERENCING NEW TABLE AS added "
                "FOR EACH STATEMENT EXECUTE FUNCTION henvis_check_agreed()"
                for table in RECORDS
            ),
            back=[f"DROP TRIGGER agreed ON {table}" for table in RECORDS],
        ),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("credentials", "0002_keys_register_and_trees")]

    operations = [
        migrations.RemoveConstraint("strayentry", "credentials_strayentry_is_set"),
        migrations.RenameField("strayentry", "state", "meaning"),
        migrations.AddConstraint(
            "strayentry",
            models.CheckConstraint(
                condition=models.Q(("meaning__in", ["suspended", "revoked", "replaced"])),
                name="credentials_strayentry_is_set",
            ),
        ),
    ]

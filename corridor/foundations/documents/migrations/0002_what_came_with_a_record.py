from django.db import migrations, models

# What ``receive`` calls a file; what is stored by itself has a name that the secretariat gave it.
CAME_WITH_A_RECORD = r"^DOC-[0-9]{4}-[2-9A-HJKMNP-Z]{8}$"


def mark_received(apps, schema_editor):
    documents = apps.get_model("documents", "Document").objects.using(schema_editor.connection.alias)
    documents.filter(visibility="restricted", reference__regex=CAME_WITH_A_RECORD).update(visibility="with_record")


def unmark(apps, schema_editor):
    documents = apps.get_model("documents", "Document").objects.using(schema_editor.connection.alias)
    documents.filter(visibility="with_record").update(visibility="restricted")


class Migration(migrations.Migration):
    dependencies = [("documents", "0001_initial")]

    operations = [
        migrations.AlterField(
            model_name="document",
            name="visibility",
            field=models.CharField(
                choices=[("public", "Public"), ("restricted", "Restricted"), ("with_record", "With its record")],
                default="restricted",
                max_length=20,
            ),
        ),
        migrations.RunPython(mark_received, unmark),
    ]

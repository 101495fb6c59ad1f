from django.db import migrations, models


def follow_again(apps, schema_editor):
    """Forms are compared in other letters from now on: the worker follows the log from its beginning and writes them anew."""
    apps.get_model("search", "Followed").objects.using(schema_editor.connection.alias).update(place=0)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [
        migrations.AddIndex(model_name="found", index=models.Index(fields=["plain"], name="search_found_of_a_form")),
        migrations.RunPython(follow_again, migrations.RunPython.noop),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('journal', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='event',
            name='signature',
            field=models.CharField(default='', max_length=90),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='othercontent',
            name='signature',
            field=models.CharField(default='', max_length=90),
            preserve_default=False,
        ),
    ]

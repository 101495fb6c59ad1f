import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('training', '0004_register_entries'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='observedlesson', name='training_lesson_watched_once'),
        migrations.RemoveConstraint(model_name='lessonscore', name='training_lesson_score_once'),
        migrations.RenameModel('ObservedLesson', 'ObservedSession'),
        migrations.RenameModel('LessonScore', 'ObservedScore'),
        migrations.RenameModel('LessonAction', 'AgreedAction'),
        migrations.RenameField('observedscore', 'lesson', 'observed'),
        migrations.RenameField('agreedaction', 'lesson', 'observed'),
        migrations.AlterField(
            model_name='observedsession',
            name='trainer',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='observed', to='training.trainer'),
        ),
        migrations.AddConstraint(
            model_name='observedscore',
            constraint=models.UniqueConstraint(fields=('observed', 'criterion'), name='training_observed_score_once'),
        ),
        migrations.AddConstraint(
            model_name='observedsession',
            constraint=models.UniqueConstraint(fields=('trainer', 'session', 'observer'), name='training_session_watched_once'),
        ),
    ]

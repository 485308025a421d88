import { Button, Group, Paper, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { type MajorView, postMajorUpdate } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { refusalWords } from '@/ui/feedback/problem-words';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { IconMegaphone } from '@/ui/icons';
import { ErrorState } from '@/ui/page-states/ErrorState';
import { Prose } from '@/ui/text/Prose';
import { Time } from '@/ui/time/Time';
import { useMajorChange, useMajorUpdates } from '../hooks/use-major';
import classes from './major.module.css';

const EMPTY = { body: '' };

/** What the whole organization is told, and was told. */
export function Updates({ room }: { room: MajorView }) {
  const { t } = useTranslation('major');
  const updates = useMajorUpdates(room.number);
  const post = room.allowed_actions.find((action) => action.verb === 'post_update');
  return (
    <Paper
      withBorder
      radius="md"
      p="md"
      bg="var(--steward-surface)"
      component="section"
      aria-label={t('updates.title')}
    >
      <Title order={2} fz={14} mb="sm">
        {t('updates.title')}
      </Title>
      {post?.allowed ? (
        <UpdateForm room={room} />
      ) : (
        <Text size="sm" c="dimmed">
          {refusalWords(post)}
        </Text>
      )}
      {updates.isError && <ErrorState error={updates.error} onRetry={() => void updates.refetch()} />}
      {updates.data?.data.length === 0 && (
        <Text size="sm" c="dimmed" mt="md">
          {t('updates.none')}
        </Text>
      )}
      <ul className={classes.list} style={{ marginBlockStart: 16 }}>
        {updates.data?.data.map((update) => (
          <li key={update.id} className={classes.latest}>
            <Text size="xs" c="dimmed">
              <Time at={update.created_at} />
            </Text>
            <Prose html={update.body_html} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function UpdateForm({ room }: { room: MajorView }) {
  const { t } = useTranslation('major');
  const me = useMe();
  const post = useMajorChange(postMajorUpdate<true>);
  const { draft, change, forget } = useDraft(draftKey(me.id, `${room.number}.update`), EMPTY);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { body: draft.body },
    validate: { body: required(t('updates.missing')) },
    onValuesChange: change,
    onSubmit: async ({ body }) => {
      await post.mutateAsync({ path: { key: room.number }, body: { body } });
      forget();
      form.setFieldValue('body', '');
      notifications.show({ message: t('updates.done'), color: 'teal' });
    },
  });
  return (
    <form {...formProps}>
      <FormProblem problem={problem} />
      <Textarea
        label={t('updates.write')}
        description={t('updates.help')}
        autosize
        minRows={3}
        maxRows={10}
        size="sm"
        maxLength={5000}
        {...form.getInputProps('body')}
      />
      <Group justify="flex-end" mt="xs">
        <Button type="submit" loading={isSubmitting} leftSection={<IconMegaphone aria-hidden size={15} />}>
          {t('updates.submit')}
        </Button>
      </Group>
    </form>
  );
}

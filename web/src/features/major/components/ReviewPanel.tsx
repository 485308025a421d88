import { Alert, Button, Group, Paper, Stack, Text, Textarea, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MajorView, putMajorReview } from '@/api';
import { useMe } from '@/features/session/public';
import { draftKey } from '@/lib/draft';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { IconAlert } from '@/ui/icons';
import { useMajorChange } from '../hooks/use-major';

interface ReviewPanelProps {
  room: MajorView;
  /** Of the incident: there is nothing to look back on before it is resolved. */
  status: string;
}

const TEXTS = ['root_cause', 'outcome', 'lessons', 'timeline_notes'] as const;

/** The look back: why it happened, how it ended, what will be done. */
export function ReviewPanel({ room, status }: ReviewPanelProps) {
  const { t } = useTranslation('major');
  const told = room.allowed_actions.find((action) => action.verb === 'review');
  if (status !== 'resolved' && status !== 'closed' && !room.review) return null;
  return (
    <Paper withBorder radius="md" p="md" bg="var(--steward-surface)" component="section" aria-label={t('review.title')}>
      <Title order={2} fz={14} mb="sm">
        {t('review.title')}
      </Title>
      {room.review_state === 'pending' && (
        <Alert color="orange" mb="sm" icon={<IconAlert aria-hidden size={18} />}>
          {t('review.pending')}
        </Alert>
      )}
      {told?.allowed ? <ReviewForm key={room.version} room={room} /> : <ReviewText room={room} />}
    </Paper>
  );
}

function ReviewText({ room }: { room: MajorView }) {
  const { t } = useTranslation('major');
  const { review } = room;
  if (!review) return null;
  return (
    <Stack gap="sm">
      {TEXTS.map((name) => (
        <div key={name}>
          <Text size="xs" c="dimmed">
            {t(`review.${name}`)}
          </Text>
          <Text size="sm" style={{ whiteSpace: 'pre-wrap' }}>
            {review[name]}
          </Text>
        </div>
      ))}
      {review.actions.map((action) => (
        <Text key={action.title} size="sm">
          {[action.title, action.owner?.name, action.due_on].filter(Boolean).join(' · ')}
        </Text>
      ))}
    </Stack>
  );
}

function ReviewForm({ room }: { room: MajorView }) {
  const { t } = useTranslation(['major', 'common']);
  const me = useMe();
  const { review } = room;
  const [empty] = useState({
    root_cause: review?.root_cause ?? '',
    outcome: review?.outcome ?? '',
    lessons: review?.lessons ?? '',
    timeline_notes: review?.timeline_notes ?? '',
    actions: (review?.actions ?? []).map((action) => action.title).join('\n'),
  });
  const { draft, change, forget } = useDraft(draftKey(me.id, `${room.number}.review`), empty);
  const put = useMajorChange(putMajorReview<true>);
  const missing = required(t('review.missing'));
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: draft,
    validate: { root_cause: missing, outcome: missing, lessons: missing },
    onValuesChange: change,
    onSubmit: async ({ actions, ...texts }) => {
      const known = new Map(review?.actions.map((action) => [action.title, action]));
      const titles = actions
        .split('\n')
        .map((title) => title.trim())
        .filter(Boolean);
      const body = {
        ...texts,
        actions: titles.map((title) => ({
          title,
          due_on: known.get(title)?.due_on,
          owner_id: known.get(title)?.owner?.id,
        })),
      };
      await put.mutateAsync({ path: { key: room.number }, body });
      forget();
      notifications.show({ message: t('review.done'), color: 'teal' });
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        {TEXTS.map((name) => (
          <Textarea
            key={name}
            label={t(`review.${name}`)}
            description={t(`review.${name}_help`)}
            autosize
            minRows={2}
            maxLength={10_000}
            required={name !== 'timeline_notes'}
            {...form.getInputProps(name)}
          />
        ))}
        <Textarea
          label={t('review.actions')}
          description={t('review.actions_help')}
          autosize
          minRows={2}
          {...form.getInputProps('actions')}
        />
      </Stack>
      <Group justify="flex-end" mt="md">
        <Button type="submit" loading={isSubmitting}>
          {t('review.submit')}
        </Button>
      </Group>
    </form>
  );
}

import { Button, Group, Paper, Radio, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createIncident, operation } from '@/api';
import { useMe } from '@/features/session/public';
import { isLevel, LEVELS } from '@/features/tickets/public';
import { draftKey } from '@/lib/draft';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useDraft } from '@/ui/form/use-draft';
import { IconSend } from '@/ui/icons';
import { PageTitle } from '@/ui/page/PageTitle';
import classes from './report-page.module.css';

const EMPTY = { title: '', description: '', impact: 'low', urgency: 'medium' };

/** A problem in someone's own words. */
export function ReportPage() {
  const { t } = useTranslation('portal');
  const me = useMe();
  const router = useRouter();
  const client = useQueryClient();
  const { draft, change, forget, isKept, wasRestored } = useDraft(draftKey(me.id, 'report'), EMPTY);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: draft,
    validate: { title: required(t('report.whatMissing')) },
    onValuesChange: change,
    onSubmit: async (values) => {
      const { data } = await createIncident({
        body: {
          title: values.title.trim(),
          description: values.description || undefined,
          impact: isLevel(values.impact) ? values.impact : undefined,
          urgency: isLevel(values.urgency) ? values.urgency : undefined,
        },
      });
      forget();
      void client.invalidateQueries({ queryKey: operation('listTickets') });
      notifications.show({
        title: t('report.sent', { number: data.number }),
        message: t('report.sentHelp'),
        color: 'teal',
      });
      await router.navigate({ to: '/portal/requests/$key', params: { key: data.number } });
    },
  });
  const hasText = draft.title.trim() !== '' || draft.description.trim() !== '';
  return (
    <Paper withBorder p={{ base: 'md', sm: 'xl' }} radius="md" bg="var(--steward-surface)" maw={640} mx="auto">
      <PageTitle fz={24}>{t('report.title')}</PageTitle>
      <Text c="dimmed" mb="lg">
        {wasRestored && hasText ? t('report.restored') : t('report.lead')}
      </Text>
      <form {...formProps}>
        <Stack gap="lg">
          <FormProblem problem={problem} />
          <TextInput
            size="md"
            label={t('report.what')}
            description={t('report.whatHelp')}
            maxLength={500}
            {...form.getInputProps('title')}
          />
          <Textarea
            size="md"
            label={t('report.details')}
            description={t('report.detailsHelp')}
            autosize
            minRows={5}
            maxRows={16}
            maxLength={65_536}
            {...form.getInputProps('description')}
          />
          <Choice
            label={t('report.impact')}
            words={(level) => t(`impact.${level}`)}
            field={form.getInputProps('impact')}
          />
          <Choice
            label={t('report.urgency')}
            words={(level) => t(`urgency.${level}`)}
            field={form.getInputProps('urgency')}
          />
        </Stack>
        <Group className={classes.send} justify="flex-end" gap="md">
          <Text size="sm" c="dimmed" aria-live="polite">
            {hasText && isKept && t('report.kept')}
          </Text>
          <Button size="md" type="submit" loading={isSubmitting} leftSection={<IconSend aria-hidden size={18} />}>
            {t('report.submit')}
          </Button>
        </Group>
      </form>
    </Paper>
  );
}

interface ChoiceProps {
  label: string;
  words: (level: (typeof LEVELS)[number]) => string;
  field: object;
}

function Choice({ label, words, field }: ChoiceProps) {
  return (
    <Radio.Group size="md" label={label} {...field}>
      <Group gap="xs" mt={6}>
        {LEVELS.toReversed().map((level) => (
          <Radio.Card key={level} value={level} radius="md" className={classes.card}>
            <Group gap="sm" wrap="nowrap">
              <Radio.Indicator />
              <span>{words(level)}</span>
            </Group>
          </Radio.Card>
        ))}
      </Group>
    </Radio.Group>
  );
}

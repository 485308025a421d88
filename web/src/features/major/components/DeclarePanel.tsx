import { Alert, Button, NumberInput, Paper, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useTranslation } from 'react-i18next';
import { declareMajorIncident, type MajorView, type TicketView } from '@/api';
import { usePeopleSearch } from '@/features/people/public';
import { useMe } from '@/features/session/public';
import { actionFor } from '@/features/tickets/public';
import { refusalWords } from '@/ui/feedback/problem-words';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useMajorChange } from '../hooks/use-major';
import { PersonSelect } from './PersonSelect';

interface DeclarePanelProps {
  ticket: TicketView;
  /** Set when it was a major incident once and was stood down. */
  standDown: MajorView | null;
  onDeclared: () => void;
}

/** Makes an incident a major one: who leads, what it is about, how often the organization hears. */
export function DeclarePanel({ ticket, standDown, onDeclared }: DeclarePanelProps) {
  const { t } = useTranslation('major');
  const me = useMe();
  const people = usePeopleSearch({ id: me.id, name: me.name });
  const declare = useMajorChange(declareMajorIncident<true>);
  const told = actionFor(ticket, 'declare_major');
  const initialValues: { headline: string; commander_id: string | null; cadence_minutes: number | string } = {
    headline: ticket.title,
    commander_id: me.id,
    cadence_minutes: 30,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { headline: required(t('declare.headlineMissing')) },
    onSubmit: async (values) => {
      await declare.mutateAsync({
        path: { key: ticket.number },
        body: {
          headline: values.headline.trim(),
          commander_id: values.commander_id ?? undefined,
          cadence_minutes: Number(values.cadence_minutes),
        },
      });
      notifications.show({ message: t('declare.done'), color: 'teal' });
      onDeclared();
    },
  });
  return (
    <Paper withBorder radius="md" p="lg" maw={640} bg="var(--steward-surface)">
      {standDown?.stand_down_reason && (
        <Alert color="gray" mb="md" title={t('declare.stoodDown')}>
          {standDown.stand_down_reason}
        </Alert>
      )}
      {!told?.allowed && (
        <Alert color="gray" title={t('declare.refused')}>
          {refusalWords(told)}
        </Alert>
      )}
      {told?.allowed && (
        <form {...formProps}>
          <Stack gap="md">
            <FormProblem problem={problem} />
            <Text size="sm">{t('declare.help')}</Text>
            <TextInput
              label={t('room.headline')}
              description={t('declare.headlineHelp')}
              required
              maxLength={500}
              {...form.getInputProps('headline')}
            />
            <PersonSelect label={t('room.commander')} people={people} {...form.getInputProps('commander_id')} />
            <NumberInput
              label={t('room.cadence')}
              description={t('declare.cadenceHelp')}
              min={5}
              max={1440}
              {...form.getInputProps('cadence_minutes')}
            />
            <Button type="submit" loading={isSubmitting} style={{ alignSelf: 'flex-start' }}>
              {t('declare.submit')}
            </Button>
          </Stack>
        </form>
      )}
    </Paper>
  );
}

import { Anchor, Button, Group, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createIncident, operation, type TeamView } from '@/api';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { Step } from './Step';

interface TicketStepProps {
  team: TeamView | null;
  onReported: () => void;
}

/** The first ticket, with the team when there is one. */
export function TicketStep({ team, onReported }: TicketStepProps) {
  const { t } = useTranslation('setup');
  const client = useQueryClient();
  const [number, setNumber] = useState<string | null>(null);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { title: t('first.ticketDefault') },
    validate: { title: required(t('first.ticketMissing')) },
    onSubmit: async ({ title }) => {
      const { data } = await createIncident({ body: { title: title.trim(), team_id: team?.id } });
      setNumber(data.number);
      onReported();
      await client.invalidateQueries({ queryKey: operation('listTickets') });
    },
  });
  if (number) {
    return (
      <Step number={3} title={t('first.ticket')} help="" done={t('first.ticketDone', { number })}>
        <Anchor
          size="sm"
          renderRoot={(props) => <Link to="/agent/incidents/$key" params={{ key: number }} {...props} />}
        >
          {t('first.ticketOpen')}
        </Anchor>
      </Step>
    );
  }
  return (
    <Step number={3} title={t('first.ticket')} help={t('first.ticketHelp')}>
      <form {...formProps}>
        <FormProblem problem={problem} />
        <Group align="end" gap="sm">
          <TextInput
            size="sm"
            flex="1 1 240px"
            label={t('first.ticketTitle')}
            maxLength={500}
            {...form.getInputProps('title')}
          />
          <Button size="sm" type="submit" loading={isSubmitting}>
            {t('first.ticketSubmit')}
          </Button>
        </Group>
      </form>
    </Step>
  );
}

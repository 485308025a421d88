import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { addTeamMember, createUser, operation, type TeamView } from '@/api';
import { CopyButton } from '@/ui/form/CopyButton';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { firstPassword } from '../first-password';
import { Step } from './Step';
import classes from './setup.module.css';

interface Made {
  name: string;
  password: string;
}

/** A first colleague. Mail may not be set up yet, so a first password is made to hand over. */
export function AgentStep({ team }: { team: TeamView | null }) {
  const { t } = useTranslation('setup');
  const client = useQueryClient();
  const [made, setMade] = useState<Made | null>(null);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { first_name: '', last_name: '', email: '' },
    validate: {
      first_name: required(t('firstNameMissing')),
      email: required(t('first.agentEmailMissing')),
    },
    onSubmit: async (values) => {
      const password = firstPassword();
      const person = {
        first_name: values.first_name.trim(),
        last_name: values.last_name.trim(),
        email: values.email.trim(),
      };
      const { data } = await createUser({ body: { ...person, password, roles: ['agent'] } });
      setMade({ name: data.name, password });
      if (team) await addTeamMember({ path: { id: team.id }, body: { user_id: data.id } });
      await client.invalidateQueries({ queryKey: operation('listUsers') });
    },
  });
  if (made) {
    const address = window.location.origin;
    return (
      <Step number={2} title={t('first.agent')} help="" done={t('first.agentDone', { name: made.name })}>
        <Text size="sm">{t('first.agentPassword', { name: made.name })}</Text>
        <dl className={classes.secret}>
          <dt>{t('first.agentAddress')}</dt>
          <dd>{address}</dd>
          <dt>{t('first.agentSecret')}</dt>
          <dd data-first-password>{made.password}</dd>
        </dl>
        <CopyButton text={`${address}\n${made.password}`} label={t('first.copy')} copied={t('first.copied')} />
      </Step>
    );
  }
  return (
    <Step number={2} title={t('first.agent')} help={t('first.agentHelp')}>
      <form {...formProps}>
        <Stack gap="sm">
          <FormProblem problem={problem} />
          <div className={classes.two}>
            <TextInput size="sm" label={t('first.agentFirstName')} {...form.getInputProps('first_name')} />
            <TextInput size="sm" label={t('first.agentLastName')} {...form.getInputProps('last_name')} />
          </div>
          <Group align="end" gap="sm">
            <TextInput
              size="sm"
              flex="1 1 200px"
              type="email"
              label={t('first.agentEmail')}
              autoComplete="off"
              {...form.getInputProps('email')}
            />
            <Button size="sm" variant="default" type="submit" loading={isSubmitting}>
              {t('first.agentSubmit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Step>
  );
}

import { Anchor, Button, Stack, Text, TextInput } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { requestPasswordReset } from '@/api';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { CardPage } from './CardPage';

/** Asks for a link to choose a new password. The answer never tells whether there is such an account. */
export function ForgotPasswordPage() {
  const { t } = useTranslation('session');
  const [sentTo, setSentTo] = useState<string | null>(null);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { email: '' },
    validate: { email: required(t('forgotten.emailMissing')) },
    onSubmit: async ({ email }) => {
      await requestPasswordReset({ body: { email: email.trim() } });
      setSentTo(email.trim());
    },
  });
  const back = (
    <Anchor mt="md" size="sm" display="inline-block" renderRoot={(props) => <Link to="/sign-in" {...props} />}>
      {t('forgotten.back')}
    </Anchor>
  );
  if (sentTo) {
    return (
      <CardPage key="sent" title={t('forgotten.sentTitle')} lead={t('forgotten.sent', { email: sentTo })}>
        <Text size="sm">{t('forgotten.noMail')}</Text>
        {back}
      </CardPage>
    );
  }
  return (
    <CardPage title={t('forgotten.title')} lead={t('forgotten.lead')}>
      <form {...formProps}>
        <Stack gap="md">
          <FormProblem problem={problem} />
          <TextInput
            size="md"
            type="email"
            label={t('forgotten.email')}
            autoComplete="username"
            {...form.getInputProps('email')}
          />
          <Button size="md" type="submit" loading={isSubmitting}>
            {t('forgotten.submit')}
          </Button>
        </Stack>
      </form>
      {back}
    </CardPage>
  );
}

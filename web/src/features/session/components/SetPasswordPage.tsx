import { Anchor, Button, Stack } from '@mantine/core';
import { Link, useRouter } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { confirmPasswordReset } from '@/api';
import { FormProblem } from '@/ui/form/FormProblem';
import { NewPassword } from '@/ui/form/NewPassword';
import { useAppForm } from '@/ui/form/use-app-form';
import { MIN_PASSWORD, tokenOf } from '../model';
import { CardPage } from './CardPage';

/** Where the link of a mail leads: a first or a new password. The token stands after `#`, so no log holds it. */
export function SetPasswordPage({ hash }: { hash: string }) {
  const { t } = useTranslation('session');
  const router = useRouter();
  const token = tokenOf(hash);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { new_password: '', again: '' },
    validate: {
      new_password: (value) => (value.length < MIN_PASSWORD ? t('setPassword.tooShort') : null),
      again: (value, all) => (value === all.new_password ? null : t('setPassword.different')),
    },
    onSubmit: async ({ new_password }) => {
      await confirmPasswordReset({ body: { token, new_password } });
      await router.navigate({ to: '/sign-in', search: { password: 'set' }, replace: true });
    },
  });
  const newLink = (
    <Anchor mt="md" size="sm" display="inline-block" renderRoot={(props) => <Link to="/forgot-password" {...props} />}>
      {t('setPassword.newLink')}
    </Anchor>
  );
  if (!token) {
    return (
      <CardPage title={t('setPassword.title')} lead={t('setPassword.noToken')}>
        {newLink}
      </CardPage>
    );
  }
  return (
    <CardPage title={t('setPassword.title')} lead={t('setPassword.lead')}>
      <form {...formProps}>
        <Stack gap="md">
          <FormProblem problem={problem} />
          <NewPassword
            label={t('setPassword.password')}
            description={t('setPassword.passwordHelp')}
            {...form.getInputProps('new_password')}
          />
          <NewPassword label={t('setPassword.again')} {...form.getInputProps('again')} />
          <Button size="md" type="submit" loading={isSubmitting}>
            {t('setPassword.submit')}
          </Button>
        </Stack>
      </form>
      {problem && newLink}
    </CardPage>
  );
}

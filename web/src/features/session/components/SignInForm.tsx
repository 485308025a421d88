import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { announceSession, login, type UserView } from '@/api';
import { asApiError } from '@/lib/api-error';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';

interface SignInFormProps {
  initialName?: string;
  onSignedIn: (user: UserView) => void | Promise<void>;
}

/** Name, password and, when the account asks for it, the second factor. */
export function SignInForm({ initialName = '', onSignedIn }: SignInFormProps) {
  const { t } = useTranslation('session');
  const [needsCode, setNeedsCode] = useState(false);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { name: initialName, password: '', mfa_code: '' },
    validate: {
      name: required(t('signIn.nameMissing')),
      password: required(t('signIn.passwordMissing')),
      mfa_code: (value) => (needsCode ? required(t('signIn.codeMissing'))(value) : null),
    },
    onSubmit: async (values) => {
      const name = values.name.trim();
      const who = name.includes('@') ? { email: name } : { username: name };
      const code = needsCode ? { mfa_code: values.mfa_code.trim() } : {};
      try {
        const { data } = await login({
          body: { ...who, password: values.password, ...code },
          headers: { 'X-Steward-Session': 'cookie' },
        });
        announceSession();
        await onSignedIn(data.user);
      } catch (error) {
        if (asApiError(error).code === 'MFA_REQUIRED' && !needsCode) setNeedsCode(true);
        else throw error;
      }
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="md">
        <FormProblem problem={problem} />
        <TextInput
          size="md"
          label={t('signIn.name')}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          {...form.getInputProps('name')}
        />
        <PasswordInput
          size="md"
          label={t('signIn.password')}
          autoComplete="current-password"
          {...form.getInputProps('password')}
        />
        {needsCode && (
          <TextInput
            size="md"
            label={t('signIn.code')}
            description={t('signIn.codeHelp')}
            autoComplete="one-time-code"
            inputMode="text"
            data-autofocus
            autoFocus
            {...form.getInputProps('mfa_code')}
          />
        )}
        <Button size="md" type="submit" loading={isSubmitting}>
          {t('signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}

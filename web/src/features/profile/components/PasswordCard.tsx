import { Button, PasswordInput, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changePassword, operation } from '@/api';
import { MIN_PASSWORD, useMe } from '@/features/session/public';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { NewPassword } from '@/ui/form/NewPassword';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { Card } from './Card';

/** Changes the password. */
export function PasswordCard() {
  const { t } = useTranslation('profile');
  const [isOpen, setIsOpen] = useState(false);
  const change = (
    <Button size="sm" variant="default" onClick={() => setIsOpen(true)}>
      {t('password.change')}
    </Button>
  );
  return (
    <Card title={t('password.title')} lead={t('password.lead')} action={isOpen ? undefined : change}>
      {isOpen && <PasswordForm onClose={() => setIsOpen(false)} />}
    </Card>
  );
}

function PasswordForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('profile');
  const me = useMe();
  const client = useQueryClient();
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { current_password: '', new_password: '', again: '' },
    validate: {
      current_password: required(t('password.currentMissing')),
      new_password: (value) => (value.length < MIN_PASSWORD ? t('password.tooShort') : null),
      again: (value, all) => (value === all.new_password ? null : t('password.different')),
    },
    onSubmit: async ({ current_password, new_password }) => {
      await changePassword({ body: { current_password, new_password } });
      notifications.show({ message: t('password.done'), color: 'teal' });
      await client.invalidateQueries({ queryKey: operation('listSessions') });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="md" maw={420}>
        <FormProblem problem={problem} />
        <input type="text" name="username" autoComplete="username" value={me.email} readOnly hidden />
        <PasswordInput
          size="sm"
          label={t('password.current')}
          autoComplete="current-password"
          autoFocus
          aria-invalid={form.errors.current_password ? true : undefined}
          {...form.getInputProps('current_password')}
        />
        <NewPassword
          size="sm"
          label={t('password.new')}
          description={t('password.newHelp')}
          {...form.getInputProps('new_password')}
        />
        <NewPassword size="sm" label={t('password.again')} {...form.getInputProps('again')} />
        <FormButtons submit={t('password.change')} isSubmitting={isSubmitting} onCancel={onClose} />
      </Stack>
    </form>
  );
}

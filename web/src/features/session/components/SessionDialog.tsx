import { Anchor, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { UserView } from '@/api';
import { useMe } from '../hooks/use-me';
import { SignInForm } from './SignInForm';

/**
 * Asks for the password again when the session has ended, over the page as it
 * stands: nothing that was typed is lost.
 */
export function SessionDialog({ onSignedIn }: { onSignedIn: () => void }) {
  const { t } = useTranslation('session');
  const me = useMe();
  const queryClient = useQueryClient();
  const goOn = async (user: UserView) => {
    if (user.id !== me.id) {
      window.location.assign('/');
      return;
    }
    onSignedIn();
    await queryClient.invalidateQueries();
  };
  return (
    <Modal
      opened
      onClose={() => undefined}
      withCloseButton={false}
      closeOnClickOutside={false}
      closeOnEscape={false}
      title={t('expired.title')}
      zIndex={400}
    >
      <Text size="sm" mb="md">
        {t('expired.help')}
      </Text>
      <SignInForm initialName={me.email} onSignedIn={goOn} />
      <Anchor href="/sign-in" size="sm" mt="md" display="inline-block">
        {t('expired.other')}
      </Anchor>
    </Modal>
  );
}

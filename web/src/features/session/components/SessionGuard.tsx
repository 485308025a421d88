import { Anchor, Modal, Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getMeQueryKey, onSessionChangedElsewhere, onSessionLost, type UserView } from '@/api';
import { useMe } from '../hooks/use-me';
import { SignInForm } from './SignInForm';

/**
 * Asks for the password again when the session has ended, over the page as it
 * stands: nothing that was typed is lost.
 */
export function SessionGuard() {
  const { t } = useTranslation('session');
  const me = useMe();
  const queryClient = useQueryClient();
  const [isLost, setIsLost] = useState(false);

  useEffect(() => onSessionLost(() => setIsLost(true)), []);
  useEffect(
    () => onSessionChangedElsewhere(() => void queryClient.invalidateQueries({ queryKey: getMeQueryKey() })),
    [queryClient],
  );

  const onSignedIn = async (user: UserView) => {
    if (user.id !== me.id) {
      window.location.assign('/');
      return;
    }
    setIsLost(false);
    await queryClient.invalidateQueries();
  };

  return (
    <Modal
      opened={isLost}
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
      <SignInForm initialName={me.email} onSignedIn={onSignedIn} />
      <Anchor href="/sign-in" size="sm" mt="md" display="inline-block">
        {t('expired.other')}
      </Anchor>
    </Modal>
  );
}

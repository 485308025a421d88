import { Button, type ButtonProps } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConfirmDialog } from '@/ui/feedback/ConfirmDialog';

interface RemoveExampleProps extends ButtonProps {
  remove: () => Promise<unknown>;
}

/** Removes the example, after saying what goes with it. */
export function RemoveExample({ remove, ...props }: RemoveExampleProps) {
  const { t } = useTranslation('example');
  const [isAsking, setIsAsking] = useState(false);
  return (
    <>
      <Button variant="default" {...props} onClick={() => setIsAsking(true)}>
        {t('remove')}
      </Button>
      <ConfirmDialog
        isOpen={isAsking}
        title={t('removeTitle')}
        confirm={t('removeConfirm')}
        isDangerous
        onConfirm={async () => {
          await remove();
          notifications.show({ message: t('removed'), color: 'teal' });
        }}
        onClose={() => setIsAsking(false)}
      >
        {t('removeHelp')}
      </ConfirmDialog>
    </>
  );
}

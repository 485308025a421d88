import { Button, Group, Modal, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deactivateUserMutation, operation, type UserView } from '@/api';
import { notifyProblem } from '@/ui/feedback/notify-problem';

interface DeactivateDialogProps {
  user: UserView | null;
  onClose: () => void;
}

/** Says what ending someone's access does before it is done. */
export function DeactivateDialog({ user, onClose }: DeactivateDialogProps) {
  const { t } = useTranslation(['people', 'common']);
  const client = useQueryClient();
  const deactivate = useMutation({
    ...deactivateUserMutation(),
    onSuccess: async (answer) => {
      notifications.show({ message: t('users.deactivated', { name: answer.name }), color: 'teal' });
      await client.invalidateQueries({ queryKey: operation('listUsers') });
      onClose();
    },
    onError: notifyProblem,
  });
  const name = user?.name ?? '';
  return (
    <Modal opened={user !== null} onClose={onClose} title={t('users.deactivateTitle', { name })}>
      <Text size="sm">{t('users.deactivateHelp', { name })}</Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={onClose}>
          {t('common:form.cancel')}
        </Button>
        <Button
          color="red"
          loading={deactivate.isPending}
          onClick={() => user && deactivate.mutate({ path: { id: user.id } })}
        >
          {t('users.deactivate')}
        </Button>
      </Group>
    </Modal>
  );
}

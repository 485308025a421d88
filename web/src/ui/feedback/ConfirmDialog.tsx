import { Button, Group, Modal, Text } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyProblem } from './notify-problem';

interface ConfirmDialogProps {
  isOpen: boolean;
  title: string;
  /** What will happen, and to how many. */
  children: ReactNode;
  /** What the button does, as its words. */
  confirm: string;
  isDangerous?: boolean;
  onConfirm: () => Promise<unknown>;
  onClose: () => void;
}

/** For what cannot be undone: says what will happen before it does. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const run = async () => {
    setIsBusy(true);
    try {
      await props.onConfirm();
      props.onClose();
    } catch (error) {
      notifyProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Modal opened={props.isOpen} onClose={props.onClose} title={props.title}>
      <Text size="sm" component="div">
        {props.children}
      </Text>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" data-autofocus onClick={props.onClose}>
          {t('form.cancel')}
        </Button>
        <Button color={props.isDangerous ? 'red' : undefined} loading={isBusy} onClick={() => void run()}>
          {props.confirm}
        </Button>
      </Group>
    </Modal>
  );
}

import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { notifyProblem } from '../feedback/notify-problem';
import type { RecordConflict } from './use-record-form';

interface ChoiceDialogProps<Values> {
  conflict: RecordConflict<Values>;
  labelOf: (field: string) => string;
  show: (field: string, value: unknown) => string;
  onDecide: (keepMine: string[]) => Promise<void>;
  onClose: () => void;
}

/** Someone else changed the same fields: both values of each, and the choice. */
export function ChoiceDialog<Values extends Record<string, unknown>>(props: ChoiceDialogProps<Values>) {
  const { conflict, labelOf, show } = props;
  const { t } = useTranslation();
  const [mine, setMine] = useState<string[]>(conflict.fields);
  const [isSending, setIsSending] = useState(false);
  const choose = (field: string, side: string) =>
    setMine((before) => [...before.filter((name) => name !== field), ...(side === 'mine' ? [field] : [])]);
  const send = async () => {
    setIsSending(true);
    try {
      await props.onDecide(mine);
    } catch (error) {
      notifyProblem(error);
    } finally {
      setIsSending(false);
    }
  };
  return (
    <Modal opened onClose={props.onClose} title={t('conflict.title')} size="lg">
      <Text size="sm" mb="md">
        {t('conflict.help')}
      </Text>
      <Stack gap="md">
        {conflict.fields.map((field) => (
          <Radio.Group
            key={field}
            label={labelOf(field)}
            value={mine.includes(field) ? 'mine' : 'theirs'}
            onChange={(side) => choose(field, side)}
          >
            <Stack gap={6} mt={4}>
              <Radio value="theirs" label={`${t('conflict.theirs')}: ${show(field, conflict.theirs[field])}`} />
              <Radio value="mine" label={`${t('conflict.mine')}: ${show(field, conflict.mine[field])}`} />
            </Stack>
          </Radio.Group>
        ))}
      </Stack>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={props.onClose}>
          {t('form.cancel')}
        </Button>
        <Button loading={isSending} onClick={() => void send()}>
          {t('conflict.apply')}
        </Button>
      </Group>
    </Modal>
  );
}

import { Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notifyUndo } from '@/ui/feedback/notify-undo';
import { Panel } from '@/ui/page/Panel';
import type { SetupList } from '../hooks/use-setup-list';
import { SetupItems } from './SetupItems';

/** What is left to set up, for who administers: it goes when all is done, and for good when it is put away. */
export function SetupChecklist({ list }: { list: SetupList }) {
  const { t } = useTranslation('setup');
  const { items, putAway, bringBack } = list;
  if (items.length === 0) return null;
  const done = items.filter((item) => item.isDone).length;
  return (
    <Panel
      title={t('list.title')}
      actions={
        <>
          <Text size="sm" c="dimmed">
            {t('list.progress', { done, all: items.length })}
          </Text>
          <Button
            variant="default"
            onClick={() => {
              void putAway();
              notifyUndo(t('list.wasPutAway'), bringBack);
            }}
          >
            {t('list.away')}
          </Button>
        </>
      }
    >
      <SetupItems items={items} />
    </Panel>
  );
}

import { Button } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toCsv } from '@/lib/csv';
import { notifyProblem } from '../feedback/notify-problem';
import { IconDownload } from '../icons';

export interface Sheet {
  /** Name of the file, without its ending. */
  name: string;
  head: string[];
  rows: string[][];
}

/** Saves a list as a CSV file: all of it, not only what is on the screen. */
export function ExportButton({ load }: { load: () => Promise<Sheet> }) {
  const { t } = useTranslation();
  const [isBusy, setIsBusy] = useState(false);
  const run = async () => {
    setIsBusy(true);
    try {
      const { name, head, rows } = await load();
      const url = URL.createObjectURL(new Blob(['\uFEFF', toCsv(head, rows)], { type: 'text/csv;charset=utf-8' }));
      const link = document.createElement('a');
      link.href = url;
      link.download = `${name}.csv`;
      link.click();
      URL.revokeObjectURL(url);
      notifications.show({ message: t('list.exported', { count: rows.length }), color: 'teal' });
    } catch (error) {
      notifyProblem(error);
    } finally {
      setIsBusy(false);
    }
  };
  return (
    <Button
      variant="default"
      leftSection={<IconDownload aria-hidden size={15} />}
      loading={isBusy}
      onClick={() => void run()}
    >
      {t('list.export')}
    </Button>
  );
}

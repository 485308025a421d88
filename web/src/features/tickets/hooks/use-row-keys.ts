import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import type { RowField } from '../components/queue/row-edit';
import { type Intent, setIntent } from '../intent';

interface RowKeys {
  /** The row under the cursor while no ticket is open beside the list and none is selected. */
  number: string | null;
  onEdit: (number: string, field: RowField) => void;
  onPeek: (number: string) => void;
  onTake: (number: string) => void;
}

/** What the letters do with the row under the cursor. */
export function useRowKeys({ number, onEdit, onPeek, onTake }: RowKeys): void {
  const { t } = useTranslation('tickets');
  const navigate = useNavigate();
  const actions = useMemo<Action[]>(() => {
    if (number === null) return [];
    const edit = (field: RowField) => () => onEdit(number, field);
    const open = (intent: Intent) => () => {
      setIntent(number, intent);
      onPeek(number);
    };
    const openFull = () => void navigate({ to: '/agent/incidents/$key', params: { key: number } });
    const section = number;
    return [
      { id: 'row.take', label: t('verb.assignMe'), section, shortcut: 'm', run: () => onTake(number) },
      { id: 'row.assign', label: t('verb.assign'), section, shortcut: 'a', run: edit('assignee') },
      { id: 'row.status', label: t('page.statusMenu'), section, shortcut: 's', alias: 'e', run: edit('status') },
      { id: 'row.priority', label: t('page.changePriority'), section, shortcut: 'p', run: edit('priority') },
      { id: 'row.reply', label: t('composer.reply'), section, shortcut: 'c', alias: 'r', run: open('reply') },
      { id: 'row.note', label: t('composer.writeNote'), section, shortcut: 'i', alias: 'n', run: open('note') },
      { id: 'row.link', label: t('links.add'), section, shortcut: 'l', run: open('link') },
      { id: 'row.open', label: t('queue.openFull'), section, shortcut: 'o', run: openFull },
    ];
  }, [t, navigate, number, onEdit, onPeek, onTake]);
  useActions(actions);
}

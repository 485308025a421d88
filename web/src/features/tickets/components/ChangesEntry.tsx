import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { TimelineItem } from '@/api';
import { IconHistory } from '@/ui/icons';
import { Time } from '@/ui/time/Time';
import { useFieldWords } from '../hooks/use-field-words';
import type { TimelineEntry } from '../model';
import classes from './ticket-pane.module.css';

const LONG = 120;

/** Fields that changed together: each with its value before and after. */
export function ChangesEntry({ entry }: { entry: Extract<TimelineEntry, { kind: 'changes' }> }) {
  const { t } = useTranslation('tickets');
  return (
    <div className={classes.changes}>
      <IconHistory aria-hidden size={14} style={{ flexShrink: 0, marginBlockStart: 3 }} />
      <Text span inherit fw={550} c="var(--mantine-color-text)" style={{ whiteSpace: 'nowrap' }}>
        {entry.actor?.name ?? t('page.system')}
      </Text>
      <ul>
        {entry.items.map((item) => (
          <li key={item.id}>
            <Change item={item} />
          </li>
        ))}
      </ul>
      <Text span inherit ms="auto" style={{ whiteSpace: 'nowrap' }}>
        <Time at={entry.at} />
      </Text>
    </div>
  );
}

function Change({ item }: { item: TimelineItem }) {
  const { t } = useTranslation('tickets');
  const { fieldName, valueWord, reasonWord } = useFieldWords();
  if (item.field === 'status' && !item.old) return t('page.created');
  const short = (text: string) => (text.length > LONG ? `${text.slice(0, LONG)}…` : text);
  const field = fieldName(item.field);
  const automatic = item.automatic && reasonWord(item.automatic);
  if (!item.old && !item.new) return t('page.changed', { field });
  return (
    <>
      {item.old ? t('page.changed', { field }) : t('page.set', { field })}
      {': '}
      {item.old && <del>{short(valueWord(item.field, item.old))}</del>}
      {item.old && ' → '}
      <ins>{automatic ?? (item.new ? short(valueWord(item.field, item.new)) : t('none'))}</ins>
    </>
  );
}

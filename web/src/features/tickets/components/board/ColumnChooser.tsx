import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BoardColumn } from '../../board';
import { usePlaceWords } from '../../hooks/use-place-words';
import type { GroupField } from '../../schemas';
import { BoardFieldMenu } from './BoardFieldMenu';
import classes from './board.module.css';

interface ColumnChooserProps {
  field: GroupField;
  columns: readonly BoardColumn[];
  scroller: HTMLElement | null;
}

/** On a phone, where one column is seen at a time: what the columns are, and the way to each. */
export function ColumnChooser({ field, columns, scroller }: ColumnChooserProps) {
  const { t } = useTranslation('tickets');
  const { placeWord } = usePlaceWords(field);
  const show = (value: string | null) =>
    scroller
      ?.querySelector(`[data-column="${CSS.escape(value ?? '')}"]`)
      ?.scrollIntoView({ inline: 'start', block: 'nearest' });
  return (
    <nav className={classes.chooser} aria-label={t('board.chooser')}>
      <BoardFieldMenu field={field} />
      {columns.map((column) => (
        <Button key={column.value ?? ''} variant="default" fw={500} onClick={() => show(column.value)}>
          {placeWord(column)} · {column.count}
        </Button>
      ))}
    </nav>
  );
}

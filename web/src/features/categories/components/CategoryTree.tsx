import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CategoryView } from '@/api';
import { dropPlace, type Place, type Step, stepPlace, visibleRows, type Zone } from '../tree';
import { CategoryRow } from './CategoryRow';
import classes from './categories.module.css';

export type CategoryVerb = 'add' | 'rename' | 'move' | 'retire' | 'activate' | 'delete';

interface CategoryTreeProps {
  all: readonly CategoryView[];
  isReadOnly: boolean;
  onMove: (category: CategoryView, place: Place) => void;
  onVerb: (verb: CategoryVerb, category: CategoryView) => void;
}

const STEPS: Record<string, Step> = { ArrowUp: 'up', ArrowDown: 'down', ArrowRight: 'in', ArrowLeft: 'out' };

/** The tree: arrows walk, Alt and arrows move, a drag moves too, and each row has a menu with everything. */
export function CategoryTree({ all, isReadOnly, onMove, onVerb }: CategoryTreeProps) {
  const { t } = useTranslation('admin');
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set());
  const [cursor, setCursor] = useState<string | null>(null);
  const [drag, setDrag] = useState<{ id: string; over?: string; zone?: Zone } | null>(null);
  const tree = useRef<HTMLUListElement>(null);
  const rows = visibleRows(all, closed);
  const stop = rows.some((row) => row.category.id === cursor) ? cursor : rows[0]?.category.id;

  const focus = (id: string | undefined | null) => {
    if (!id) return;
    setCursor(id);
    tree.current?.querySelector<HTMLElement>(`[data-category="${CSS.escape(id)}"]`)?.focus();
  };
  const toggle = (id: string, isOpen: boolean) =>
    setClosed((before) => new Set(isOpen ? [...before].filter((each) => each !== id) : [...before, id]));

  const walk = (key: string, index: number) => {
    const row = rows[index];
    if (!row) return false;
    const { category } = row;
    const isOpen = category.child_count > 0 && !closed.has(category.id);
    if (key === 'ArrowDown') focus(rows[index + 1]?.category.id);
    else if (key === 'ArrowUp') focus(rows[index - 1]?.category.id);
    else if (key === 'Home') focus(rows[0]?.category.id);
    else if (key === 'End') focus(rows.at(-1)?.category.id);
    else if (key === 'ArrowRight' && isOpen) focus(rows[index + 1]?.category.id);
    else if (key === 'ArrowRight' && category.child_count > 0) toggle(category.id, true);
    else if (key === 'ArrowLeft' && isOpen) toggle(category.id, false);
    else if (key === 'ArrowLeft') focus(category.parent_id);
    else if (key === 'F2' && !isReadOnly) onVerb('rename', category);
    else if (key === 'Delete' && !isReadOnly) onVerb('delete', category);
    else if (key === 'm' && !isReadOnly) onVerb('move', category);
    else return false;
    return true;
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    if (event.target !== event.currentTarget) return;
    const step = event.altKey ? STEPS[event.key] : undefined;
    const category = rows[index]?.category;
    if (step && category && !isReadOnly) {
      const place = stepPlace(all, category.id, step);
      if (place) onMove(category, place);
      event.preventDefault();
    } else if (!event.ctrlKey && !event.metaKey && !event.altKey && walk(event.key, index)) event.preventDefault();
  };
  const drop = () => {
    const category = all.find((each) => each.id === drag?.id);
    if (category && drag?.over && drag.zone) {
      const place = dropPlace(all, category.id, drag.over, drag.zone);
      if (place) onMove(category, place);
    }
    setDrag(null);
  };

  return (
    <ul ref={tree} className={classes.tree} role="tree" aria-label={t('categories.title')}>
      {rows.map((row, index) => (
        <CategoryRow
          key={row.category.id}
          row={row}
          isOpen={!closed.has(row.category.id)}
          isStop={row.category.id === stop}
          isReadOnly={isReadOnly}
          isDragged={drag?.id === row.category.id}
          zone={drag?.over === row.category.id ? drag.zone : undefined}
          onFocus={() => setCursor(row.category.id)}
          onToggle={(isOpen) => toggle(row.category.id, isOpen)}
          onKeyDown={(event) => onKeyDown(event, index)}
          onVerb={(verb) => onVerb(verb, row.category)}
          onDragStart={() => setDrag({ id: row.category.id })}
          onDragOver={(zone) => {
            if (!drag) return false;
            const isPossible = dropPlace(all, drag.id, row.category.id, zone) !== null;
            const over = isPossible ? row.category.id : undefined;
            if (drag.over !== over || drag.zone !== zone) setDrag({ id: drag.id, over, zone });
            return isPossible;
          }}
          onDrop={drop}
          onDragEnd={() => setDrag(null)}
        />
      ))}
    </ul>
  );
}

import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { IconBoard } from '@/ui/icons';
import type { Direction } from '../board';
import type { CardSelection } from './use-board-selection';

interface BoardKeys {
  /** The card under the cursor. */
  cursor: string | null;
  onStep: (direction: Direction) => void;
  onOpen: (number: string) => void;
  onMove: (number: string) => void;
  selection: CardSelection | null;
}

/** Arrows from card to card, Enter to open one, `x` and `shift x` to choose some, and the menu of where it can go. */
export function useBoardKeys({ cursor, onStep, onOpen, onMove, selection }: BoardKeys): void {
  const { t } = useTranslation('tickets');
  const { toggle, extend } = selection ?? {};
  const actions = useMemo<Action[]>(() => {
    const base = { section: t('board.keys'), isHidden: true };
    const step = (direction: Direction) => () => onStep(direction);
    const always: Action[] = [
      { ...base, id: 'board.down', label: t('board.down'), shortcut: 'j', alias: 'arrowdown', run: step('down') },
      { ...base, id: 'board.up', label: t('board.up'), shortcut: 'k', alias: 'arrowup', run: step('up') },
      { ...base, id: 'board.left', label: t('board.left'), shortcut: 'arrowleft', run: step('left') },
      { ...base, id: 'board.right', label: t('board.right'), shortcut: 'arrowright', run: step('right') },
    ];
    if (cursor === null) return always;
    return [
      ...always,
      { ...base, id: 'board.open', label: t('board.open'), shortcut: 'enter', run: () => onOpen(cursor) },
      {
        id: 'board.move',
        label: t('board.moveTo'),
        section: cursor,
        icon: IconBoard,
        shortcut: 'shift+m',
        run: () => onMove(cursor),
      },
      ...(toggle && extend
        ? [
            { ...base, id: 'board.select', label: t('board.select'), shortcut: 'x', run: () => toggle(cursor) },
            {
              ...base,
              id: 'board.selectRange',
              label: t('board.selectRange'),
              shortcut: 'shift+x',
              run: () => extend(cursor),
            },
          ]
        : []),
    ];
  }, [t, cursor, onStep, onOpen, onMove, toggle, extend]);
  useActions(actions);
}

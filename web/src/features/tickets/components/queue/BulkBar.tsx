import { Button, Group, Text } from '@mantine/core';
import { Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Action } from '@/actions/define-action';
import { useActions } from '@/actions/use-actions';
import { ActionButton } from '@/ui/action/ActionButton';
import {
  IconAssign,
  IconCategory,
  IconClose,
  IconCopy,
  IconHigh,
  IconProgress,
  IconTag,
  type LucideIcon,
} from '@/ui/icons';
import { lazyComponent } from '@/ui/lazy/lazy-component';
import { MOST_AT_ONCE } from '../../bulk';
import classes from './queue.module.css';

const BulkDialog = lazyComponent(() => import('./BulkDialog').then((module) => module.BulkDialog));

export const BULK_KINDS = ['assign', 'status', 'priority', 'tags', 'category'] as const;
export type BulkKind = (typeof BULK_KINDS)[number];

const LOOKS: Record<BulkKind, { icon: LucideIcon; shortcut: string }> = {
  assign: { icon: IconAssign, shortcut: 'a' },
  status: { icon: IconProgress, shortcut: 's' },
  priority: { icon: IconHigh, shortcut: 'p' },
  tags: { icon: IconTag, shortcut: 't' },
  category: { icon: IconCategory, shortcut: 'y' },
};

interface BulkBarProps {
  selection: ReadonlySet<string>;
  onSelection: (selection: ReadonlySet<string>) => void;
  onCopy: () => void;
  /** How many match in all, and the way to choose all of them. */
  total: number;
  isAllLoaded: boolean;
  onSelectAll: () => void;
}

/** What can be done with the chosen tickets. */
export function BulkBar({ selection, onSelection, onCopy, total, isAllLoaded, onSelectAll }: BulkBarProps) {
  const { t } = useTranslation('tickets');
  const [kind, setKind] = useState<BulkKind | null>(null);
  const actions = useMemo<Action[]>(() => {
    const section = t('bulk.section', { count: selection.size });
    const refusal = selection.size > MOST_AT_ONCE ? t('bulk.tooMany', { most: MOST_AT_ONCE }) : null;
    return [
      ...BULK_KINDS.map((each) => ({
        id: `bulk.${each}`,
        label: t(`bulk.${each}`),
        section,
        ...LOOKS[each],
        refusal,
        run: () => setKind(each),
      })),
      { id: 'bulk.copy', label: t('queue.copy'), section, icon: IconCopy, run: onCopy },
      {
        id: 'bulk.clear',
        label: t('bulk.clear'),
        section,
        icon: IconClose,
        shortcut: 'escape',
        run: () => onSelection(new Set()),
      },
    ];
  }, [t, selection, onSelection, onCopy]);
  useActions(actions);
  const canTakeAll = !isAllLoaded && selection.size < Math.min(total, MOST_AT_ONCE);
  return (
    <div className={classes.bulk} role="toolbar" aria-label={t('bulk.label')}>
      <Text size="sm" fw={600} role="status">
        {t('bulk.count', { count: selection.size })}
      </Text>
      {canTakeAll && (
        <Button variant="subtle" onClick={onSelectAll}>
          {total > MOST_AT_ONCE ? t('bulk.first', { count: MOST_AT_ONCE }) : t('bulk.all', { count: total })}
        </Button>
      )}
      <Group gap="xs">
        {actions.map((action) => (
          <ActionButton key={action.id} action={action} variant={action.id === 'bulk.clear' ? 'subtle' : 'default'} />
        ))}
      </Group>
      <Suspense fallback={null}>
        {kind && (
          <BulkDialog
            kind={kind}
            numbers={[...selection]}
            onClose={() => setKind(null)}
            onDone={(refused) => onSelection(new Set(refused))}
          />
        )}
      </Suspense>
    </div>
  );
}

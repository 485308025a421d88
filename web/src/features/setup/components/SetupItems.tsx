import { Anchor, Text, VisuallyHidden } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { IconCheck, IconNew } from '@/ui/icons';
import type { SetupItem } from '../checklist';
import classes from './setup.module.css';

/** What there is to set up: what is done, and the way to what is not. */
export function SetupItems({ items }: { items: readonly SetupItem[] }) {
  const { t } = useTranslation('setup');
  return (
    <ul className={classes.items}>
      {items.map(({ name, isDone, to, hash }) => {
        const Icon = isDone ? IconCheck : IconNew;
        return (
          <li key={name} data-done={isDone || undefined}>
            <Icon aria-hidden size={16} />
            <div>
              <Anchor size="sm" fw={550} c="inherit" renderRoot={(props) => <Link to={to} hash={hash} {...props} />}>
                {t(`list.item.${name}`)}
              </Anchor>
              <VisuallyHidden>, {t(isDone ? 'list.isDone' : 'list.isOpen')}</VisuallyHidden>
              <Text size="sm" c="dimmed">
                {t(`list.about.${name}`)}
              </Text>
            </div>
          </li>
        );
      })}
    </ul>
  );
}

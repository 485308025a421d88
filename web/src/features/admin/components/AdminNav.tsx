import '../mantine-admin.css';
import { NavLink, Text } from '@mantine/core';
import { Link, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useRights } from '@/features/session/public';
import { IconBack } from '@/ui/icons';
import { groupsFor } from '../pages';
import classes from './admin.module.css';

/** The pages of the administration in their groups, as far as the rights reach. */
export function AdminNav() {
  const { t } = useTranslation();
  const { may } = useRights();
  const { pathname } = useLocation();
  const here = pathname.replace(/(.)\/$/, '$1');
  const nav = useRef<HTMLDivElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list is longer than most screens; each page brings its own line into sight
  useEffect(() => {
    // What it answers, a promise in newer browsers, is no way to undo the effect.
    void nav.current?.querySelector('[data-active]')?.scrollIntoView({ block: 'nearest' });
  }, [here]);
  return (
    <div ref={nav} className={classes.nav}>
      <NavLink
        label={t('nav.console')}
        leftSection={<IconBack aria-hidden size={16} />}
        px="xs"
        py={4}
        className="nav-link"
        renderRoot={(props) => <Link to="/agent" {...props} />}
      />
      {groupsFor(may).map((group) => (
        <div key={group.label ?? 'top'}>
          {group.label && (
            <Text size="xs" fw={600} c="dimmed" px="xs" pt={10} pb={2}>
              {t(group.label)}
            </Text>
          )}
          {group.pages.map((page) => (
            <NavLink
              key={page.to}
              label={t(page.label)}
              leftSection={<page.icon aria-hidden size={16} />}
              active={page.isExact ? here === page.to : here === page.to || here.startsWith(`${page.to}/`)}
              px="xs"
              py={4}
              className="nav-link"
              renderRoot={(props) => <Link to={page.to} activeOptions={{ exact: page.isExact ?? false }} {...props} />}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

import { Anchor, Breadcrumbs, Stack, Text } from '@mantine/core';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { PageTitle } from './PageTitle';
import classes from './page-head.module.css';

export interface Crumb {
  label: string;
  to: LinkProps['to'];
}

interface PageHeadProps {
  title: string;
  /** The pages above this one, the highest first. */
  crumbs?: readonly Crumb[];
  /** How many there are. */
  count?: number;
  /** What the page is for, in a sentence. */
  lead?: ReactNode;
  /** Marks beside the title. */
  marks?: ReactNode;
  /** The page's actions; the one primary action last. */
  children?: ReactNode;
}

/** The head of a page: where it is, what it is, what can be done. */
export function PageHead({ title, crumbs = [], count, lead, marks, children }: PageHeadProps) {
  const { t } = useTranslation();
  return (
    <Stack gap={4}>
      {crumbs.length > 0 && (
        <nav aria-label={t('app.breadcrumbs')}>
          <Breadcrumbs separatorMargin={6} fz={13} style={{ flexWrap: 'wrap' }}>
            {crumbs.map((crumb) => (
              <Anchor key={crumb.label} fz={13} renderRoot={(props) => <Link to={crumb.to} {...props} />}>
                {crumb.label}
              </Anchor>
            ))}
          </Breadcrumbs>
        </nav>
      )}
      <div className={classes.head}>
        <div className={classes.title}>
          <PageTitle>{title}</PageTitle>
          {count !== undefined && (
            <Text size="sm" c="dimmed">
              {count}
            </Text>
          )}
          {marks}
        </div>
        {lead && (
          <div className={classes.lead}>
            <Text size="sm" c="dimmed" maw={720}>
              {lead}
            </Text>
          </div>
        )}
        {children && (
          <div className={classes.actions} data-page-actions>
            {children}
          </div>
        )}
      </div>
    </Stack>
  );
}

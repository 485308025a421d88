import { List, Paper, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { IconCheck } from '@/ui/icons';
import classes from './report-page.module.css';

/** Right after a report: its number and what happens next. */
export function NextSteps({ number }: { number: string }) {
  const { t } = useTranslation('portal');
  const panel = useRef<HTMLDivElement>(null);
  useEffect(() => panel.current?.focus(), []);
  return (
    <Paper
      ref={panel}
      tabIndex={-1}
      role="status"
      withBorder
      p="lg"
      radius="md"
      bg="var(--steward-surface)"
      className={classes.solved}
    >
      <Title order={2} fz={18}>
        <IconCheck aria-hidden size={20} color="var(--mantine-color-teal-6)" style={{ verticalAlign: -3 }} />{' '}
        {t('next.thanks')} <span className={classes.key}>{number}</span>
      </Title>
      <Text mt="xs" size="sm" fw={600}>
        {t('next.title')}
      </Text>
      <List size="sm" type="ordered" mt={4} spacing={4}>
        <List.Item>{t('next.team')}</List.Item>
        <List.Item>{t('next.answer')}</List.Item>
        <List.Item>{t('next.confirm')}</List.Item>
      </List>
    </Paper>
  );
}

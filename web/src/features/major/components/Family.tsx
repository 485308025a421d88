import { Button, Modal, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { MajorView, TicketView } from '@/api';
import { isAllowed, ResolveForm, StatusBadge, useChildren, useStep } from '@/features/tickets/public';
import classes from './major.module.css';

interface FamilyProps {
  ticket: TicketView;
  room: MajorView;
}

/** The incidents that are parts of it; they are resolved together. */
export function Family({ ticket, room }: FamilyProps) {
  const { t } = useTranslation('major');
  const [isAsking, setIsAsking] = useState(false);
  const children = useChildren(ticket.number).data?.data ?? [];
  const { mutateAsync } = useStep(ticket, {});
  return (
    <section aria-label={t('family.title')}>
      <Title order={2} fz={14} mb="xs">
        {t('family.title')}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {room.children.total === 0
          ? t('family.none')
          : t('family.count', { ...room.children, count: room.children.total })}
      </Text>
      {children.map((child) => (
        <div key={child.id} className={classes.child}>
          <Link to="/agent/incidents/$key" params={{ key: child.number }}>
            {child.number} {child.title}
          </Link>
          <StatusBadge status={child.status} />
        </div>
      ))}
      {isAllowed(ticket, 'resolve') && (
        <Button mt="sm" onClick={() => setIsAsking(true)}>
          {room.children.open > 0 ? t('family.resolveAll', { count: room.children.open }) : t('family.resolve')}
        </Button>
      )}
      <Modal opened={isAsking} onClose={() => setIsAsking(false)} title={t('family.resolve')}>
        {room.children.open > 0 && (
          <Text size="sm" mb="sm">
            {t('family.together', { count: room.children.open })}
          </Text>
        )}
        <ResolveForm
          ticket={ticket}
          onClose={() => setIsAsking(false)}
          onStep={async (step) => {
            await mutateAsync({ step });
            setIsAsking(false);
          }}
        />
      </Modal>
    </section>
  );
}

import { Button, Group, Paper, Radio, Text, Textarea, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { rateTicket, type TicketView } from '@/api';
import { acceptTicket, isAllowed } from '@/features/tickets/public';
import { asApiError } from '@/lib/api-error';
import { FormProblem } from '@/ui/form/FormProblem';
import classes from './report-page.module.css';

const SCORES = [5, 4, 3, 2, 1] as const;

/** How content the requester is, in words; asked once something is solved, and changeable for some days. */
export function Rating({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation('portal');
  const client = useQueryClient();
  const [score, setScore] = useState(ticket.rating ? String(ticket.rating.score) : '');
  const [comment, setComment] = useState(ticket.rating?.comment ?? '');
  const [isOpen, setIsOpen] = useState(!ticket.rating);
  const rate = useMutation({
    mutationFn: async () => {
      const body = { score: Number(score), comment: comment.trim() || undefined };
      return (await rateTicket({ path: { key: ticket.number }, body })).data;
    },
    onSuccess: async (answer) => {
      setIsOpen(false);
      await acceptTicket(client, answer);
    },
  });
  const given = SCORES.find((each) => each === ticket.rating?.score);
  if (!isOpen && given) {
    return (
      <Group gap="sm" role="status">
        <Text>{t('rating.thanks', { words: t(`rating.score.${given}`) })}</Text>
        {isAllowed(ticket, 'rate') && (
          <Button size="sm" variant="subtle" onClick={() => setIsOpen(true)}>
            {t('rating.change')}
          </Button>
        )}
      </Group>
    );
  }
  if (!isAllowed(ticket, 'rate')) return null;
  return (
    <Paper withBorder p="lg" radius="md" bg="var(--steward-surface)">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (score) rate.mutate();
        }}
      >
        {rate.isError && <FormProblem problem={asApiError(rate.error)} />}
        <Title order={2} fz={18} mb="xs">
          {t('rating.title')}
        </Title>
        <Radio.Group value={score} onChange={setScore} aria-label={t('rating.title')}>
          <Group gap="xs">
            {SCORES.map((each) => (
              <Radio.Card key={each} value={String(each)} radius="md" className={classes.card}>
                <Group gap="sm" wrap="nowrap">
                  <Radio.Indicator />
                  <span>{t(`rating.score.${each}`)}</span>
                </Group>
              </Radio.Card>
            ))}
          </Group>
        </Radio.Group>
        {score && (
          <>
            <Textarea
              mt="md"
              size="md"
              label={t('rating.comment')}
              autosize
              minRows={2}
              maxRows={8}
              maxLength={1000}
              value={comment}
              onChange={(event) => setComment(event.currentTarget.value)}
            />
            <Group justify="flex-end" mt="sm">
              <Button size="md" h={44} type="submit" loading={rate.isPending}>
                {t('rating.submit')}
              </Button>
            </Group>
          </>
        )}
      </form>
    </Paper>
  );
}

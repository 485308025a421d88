import { Button, Group, Modal, NumberInput, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type MajorView, standDownMajorIncident, updateMajorIncident } from '@/api';
import { usePeopleSearch } from '@/features/people/public';
import { Refusable } from '@/ui/action/Refusable';
import { refusalWords } from '@/ui/feedback/problem-words';
import { FormButtons } from '@/ui/form/FormButtons';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useSeen } from '@/ui/form/use-seen';
import { Time } from '@/ui/time/Time';
import { useMajorChange } from '../hooks/use-major';
import classes from './major.module.css';
import { PersonSelect } from './PersonSelect';

/** Who leads, since when, and how often the organization hears. */
export function CommandPanel({ room }: { room: MajorView }) {
  const { t } = useTranslation(['major', 'common']);
  const [asked, setAsked] = useState<'change' | 'standDown' | null>(null);
  const told = (verb: string) => room.allowed_actions.find((action) => action.verb === verb);
  const button = (verb: string, label: string, task: 'change' | 'standDown') => {
    const action = told(verb);
    if (!action) return null;
    return (
      <Refusable reason={action.allowed ? null : (refusalWords(action) ?? t('common:refused.right'))}>
        <Button variant="default" onClick={() => setAsked(task)}>
          {label}
        </Button>
      </Refusable>
    );
  };
  return (
    <>
      <Title order={2} fz={14} mb="sm">
        {t('room.command')}
      </Title>
      <dl className={classes.facts}>
        <div>
          <dt>{t('room.commander')}</dt>
          <dd>{room.commander?.name ?? t('room.nobody')}</dd>
        </div>
        <div>
          <dt>{t('room.cadence')}</dt>
          <dd>{t('room.minutes', { count: room.cadence_minutes })}</dd>
        </div>
        <div>
          <dt>{t('room.declared')}</dt>
          <dd>
            <Time at={room.declared_at} />
            {room.declared_by && ` · ${room.declared_by.name}`}
          </dd>
        </div>
      </dl>
      <Group gap="xs" mt="md">
        {button('change_major', t('room.change'), 'change')}
        {button('stand_down', t('room.standDown'), 'standDown')}
      </Group>
      <Modal
        opened={asked !== null}
        onClose={() => setAsked(null)}
        title={asked === 'standDown' ? t('room.standDown') : t('room.change')}
      >
        {asked === 'change' && <ChangeForm room={room} onClose={() => setAsked(null)} />}
        {asked === 'standDown' && <StandDownForm room={room} onClose={() => setAsked(null)} />}
      </Modal>
    </>
  );
}

interface FormProps {
  room: MajorView;
  onClose: () => void;
}

function ChangeForm({ room, onClose }: FormProps) {
  const { t } = useTranslation(['major', 'common']);
  const people = usePeopleSearch(room.commander ?? null);
  const change = useMajorChange(updateMajorIncident<true>);
  const version = useSeen(room.version);
  const initialValues: { headline: string; commander_id: string | null; cadence_minutes: number | string } = {
    headline: room.headline,
    commander_id: room.commander?.id ?? null,
    cadence_minutes: room.cadence_minutes,
  };
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues,
    validate: { headline: required(t('declare.headlineMissing')) },
    onSubmit: async (values) => {
      await change.mutateAsync({
        path: { key: room.number },
        body: {
          headline: values.headline.trim(),
          commander_id: values.commander_id ?? undefined,
          cadence_minutes: Number(values.cadence_minutes),
        },
        headers: { 'If-Match': `"${version}"` },
      });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <Stack gap="sm">
        <FormProblem problem={problem} />
        <TextInput label={t('room.headline')} required maxLength={500} {...form.getInputProps('headline')} />
        <PersonSelect label={t('room.commander')} people={people} {...form.getInputProps('commander_id')} />
        <NumberInput label={t('room.cadence')} min={5} max={1440} {...form.getInputProps('cadence_minutes')} />
      </Stack>
      <FormButtons submit={t('common:form.save')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}

function StandDownForm({ room, onClose }: FormProps) {
  const { t } = useTranslation('major');
  const standDown = useMajorChange(standDownMajorIncident<true>);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { reason: '' },
    validate: { reason: required(t('room.reasonMissing')) },
    onSubmit: async (body) => {
      await standDown.mutateAsync({ path: { key: room.number }, body });
      onClose();
    },
  });
  return (
    <form {...formProps}>
      <FormProblem problem={problem} />
      <Textarea
        label={t('room.reason')}
        description={t('room.standDownHelp')}
        autosize
        minRows={3}
        maxLength={1000}
        data-autofocus
        {...form.getInputProps('reason')}
      />
      <FormButtons submit={t('room.standDown')} isSubmitting={isSubmitting} onCancel={onClose} />
    </form>
  );
}

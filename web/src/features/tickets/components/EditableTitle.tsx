import { ActionIcon, Button, Group, Modal, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TicketView } from '@/api';
import { FormProblem } from '@/ui/form/FormProblem';
import { required } from '@/ui/form/required';
import { useAppForm } from '@/ui/form/use-app-form';
import { useSeen } from '@/ui/form/use-seen';
import { IconEdit } from '@/ui/icons';
import { type EditConflict, useEdit } from '../hooks/use-edit';
import { isEditable } from '../model';
import { EditConflictDialog } from './EditConflictDialog';

/** A pencil beside the title. */
export function EditableTitle({ ticket }: { ticket: TicketView }) {
  const { t } = useTranslation(['tickets', 'common']);
  const [isOpen, setIsOpen] = useState(false);
  const [conflict, setConflict] = useState<EditConflict | null>(null);
  const edit = useEdit(ticket, setConflict);
  if (!isEditable(ticket)) return null;
  return (
    <>
      <ActionIcon
        className="no-print"
        aria-label={t('page.edit', { field: t('field.title') })}
        onClick={() => setIsOpen(true)}
      >
        <IconEdit aria-hidden size={15} />
      </ActionIcon>
      <Modal
        opened={isOpen}
        onClose={() => setIsOpen(false)}
        title={t('page.edit', { field: t('field.title') })}
        size="lg"
      >
        <TitleForm
          ticket={ticket}
          onCancel={() => setIsOpen(false)}
          onSave={async (title, seen) => {
            if (title !== seen.title) await edit.mutateAsync({ edit: { field: 'title', value: title }, seen });
            setIsOpen(false);
          }}
        />
      </Modal>
      <EditConflictDialog
        conflict={conflict}
        onClose={() => setConflict(null)}
        onApply={(found) => {
          edit.mutate({ edit: found.edit, seen: found.theirs });
          setConflict(null);
        }}
      />
    </>
  );
}

interface TitleFormProps {
  ticket: TicketView;
  onCancel: () => void;
  onSave: (title: string, seen: TicketView) => Promise<void>;
}

function TitleForm({ ticket, onCancel, onSave }: TitleFormProps) {
  const { t } = useTranslation(['tickets', 'common']);
  const seen = useSeen(ticket);
  const { form, formProps, problem, isSubmitting } = useAppForm({
    initialValues: { title: seen.title },
    validate: { title: required(t('report.titleMissing')) },
    onSubmit: (values) => onSave(values.title.trim(), seen),
  });
  return (
    <form {...formProps}>
      <FormProblem problem={problem} />
      <Textarea
        label={t('field.title')}
        autosize
        maxLength={500}
        data-autofocus
        {...form.getInputProps('title')}
        onKeyDown={(event) => {
          if (event.key !== 'Enter') return;
          event.preventDefault();
          event.currentTarget.form?.requestSubmit();
        }}
      />
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onCancel}>
          {t('common:form.cancel')}
        </Button>
        <Button type="submit" loading={isSubmitting}>
          {t('common:form.save')}
        </Button>
      </Group>
    </form>
  );
}

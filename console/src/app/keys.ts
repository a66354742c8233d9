// Keys of a page do nothing while somebody types into a field.
export const isTyping = (target: EventTarget | null) =>
  target instanceof HTMLElement && (target.matches("input:not([type=checkbox]), textarea, select, [role=combobox]") || target.isContentEditable);

"""The design system: tokens, components, the thread, the base templates."""

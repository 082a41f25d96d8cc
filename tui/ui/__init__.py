"""The reading screen: app, screens, widgets, pure render, driver."""

"""The window kit: Qt pieces that know no feature. One `Kit` is made in app.py and handed to every page."""

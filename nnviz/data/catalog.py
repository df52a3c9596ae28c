def load_data(name):
    raise NotImplementedError
